import type { AccountId } from '@/lib/db/context';
import type { UsageGrain, UsageSums } from '@/lib/domain/usage';

import type { LedgerFixture } from './ledger-fixtures';
import { localTime } from './local-time';

/** One line of an account's usage, found from its entries by a way of its own. */
export type UsageLine = {
  seq: bigint;
  at: Date;
  service: string | null;
  key: string | null;
  project: string | null;
  charged: bigint;
  returned: bigint;
  durationMs: number;
};

type Row = {
  seq: string;
  kind: string;
  delta: string;
  of_seq: string | null;
  service: string | null;
  api_key_id: string | null;
  created_at: Date;
  calculation: { inputs?: { milliseconds?: string } } | null;
  metadata: { given?: { project?: string } } | null;
};

/** Every charge of an account, and what was given back of each, in the order of the ledger. */
export async function usageLines({ asOwner }: LedgerFixture, accountId: AccountId): Promise<UsageLine[]> {
  const rows = await asOwner<Row>(
    'SELECT * FROM entries LEFT JOIN entry_details USING (account_id, seq) WHERE account_id = $1 ORDER BY seq',
    [accountId],
  );
  const charges = new Map(rows.filter(({ kind }) => kind === 'consume').map((row) => [row.seq, row]));
  return rows.flatMap((row) => {
    const answered =
      row.kind === 'restore' || row.kind === 'refund' ? charges.get(row.of_seq ?? '') : undefined;
    const charge = charges.get(row.seq) ?? answered;
    if (!charge) return [];
    const isCharge = charge === row;
    return [
      {
        seq: BigInt(row.seq),
        at: row.created_at,
        service: charge.service,
        key: charge.api_key_id,
        project: charge.metadata?.given?.project ?? null,
        charged: isCharge ? -BigInt(row.delta) : 0n,
        returned: isCharge ? 0n : BigInt(row.delta),
        durationMs: isCharge ? Number(charge.calculation?.inputs?.milliseconds ?? 0) : 0,
      },
    ];
  });
}

export const sumOfLines = (lines: readonly UsageLine[]) =>
  lines.reduce(
    (sum, { charged, returned, durationMs }) => ({
      count: sum.count + (charged > 0n ? 1 : 0),
      used: sum.used + charged,
      returned: sum.returned + returned,
      durationMs: sum.durationMs + durationMs,
    }),
    { count: 0, used: 0n, returned: 0n, durationMs: 0 },
  ) as UsageSums;

/** The period that an instant belongs to in a zone, as the calendar on the wall names it. */
export function periodName(timeZone: string, grain: UsageGrain, at: Date): string {
  const { date, time } = localTime(timeZone, at);
  if (grain === 'month') return date.slice(0, 7);
  if (grain === 'day') return date;
  if (grain === 'hour') {
    // The two hours of one name in autumn are told apart by the whole hours that passed.
    return `${date} ${time.slice(0, 2)} ${Math.floor((at.getTime() - minutesOf(time) * 60_000) / 3_600_000)}`;
  }
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}

const minutesOf = (time: string) => Number(time.slice(3, 5));
