import sql from 'sql-template-tag';

import { type Credits, credits } from '@/lib/domain/credits';
import type { EntryKind } from '@/lib/domain/entry';
import type { LocalDate } from '@/lib/domain/local-date';
import { numberOf } from '@/lib/domain/number-of';
import type { Moved, Statement, UsedBy } from '@/lib/domain/statement';

import type { AccountId } from './context';
import type { Queryable } from './database';

/** The day of an account's first entry in a zone; null before there is one. */
export async function findFirstDay(
  db: Queryable,
  { accountId, timeZone }: { accountId: AccountId; timeZone: string },
): Promise<LocalDate | null> {
  const [row] = await db.query<{ day: LocalDate }>(sql`
    SELECT to_char(created_at AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS day FROM entries
     WHERE account_id = ${accountId} ORDER BY seq LIMIT 1`);
  return row?.day ?? null;
}

type Standing = { seq: bigint; balance: Credits };

/** The last entry before an instant: what follows it by number is what came after, whatever a clock did. */
async function standingBefore(db: Queryable, accountId: AccountId, at: Date): Promise<Standing> {
  const [row] = await db.query<Standing>(sql`
    SELECT seq, balance_after AS balance FROM entries
     WHERE account_id = ${accountId} AND created_at < ${at} ORDER BY seq DESC LIMIT 1`);
  return row ?? { seq: 0n, balance: credits(0n) };
}

type Sum = { kind: EntryKind; isOfUsage: boolean; service: string | null; count: bigint; amount: Credits };

/** What happened on an account between two instants, and the entries that say so, by their numbers. */
export async function readStatement(
  db: Queryable,
  accountId: AccountId,
  { start, end }: { start: Date; end: Date },
): Promise<Statement & { first: bigint; last: bigint }> {
  const before = await standingBefore(db, accountId, start);
  const after = await standingBefore(db, accountId, end);
  const sums = await db.query<Sum>(sql`
    SELECT e.kind, o.is_of_usage AS "isOfUsage", CASE WHEN o.is_of_usage THEN coalesce(e.service, c.service) END AS service,
           count(*) AS count, sum(e.delta)::bigint AS amount
      FROM entries e
      LEFT JOIN entries c ON c.account_id = e.account_id AND c.seq = e.of_seq
     CROSS JOIN LATERAL (SELECT e.kind IN ('consume', 'refund') OR (e.kind = 'restore' AND c.kind = 'consume')) AS o (is_of_usage)
     WHERE e.account_id = ${accountId} AND e.seq > ${before.seq} AND e.seq <= ${after.seq}
     GROUP BY 1, 2, 3 ORDER BY 1, 3`);
  return {
    opening: before.balance,
    moved: sums.flatMap(movedOf),
    usage: usageOf(sums.filter(({ isOfUsage }) => isOfUsage)),
    closing: after.balance,
    first: before.seq + 1n,
    last: after.seq,
  };
}

const movedOf = ({ kind, isOfUsage, count, amount }: Sum): Moved[] =>
  isOfUsage || kind === 'consume' || kind === 'refund' ? [] : [{ kind, count: numberOf(count), amount }];

/** Most used first. */
function usageOf(sums: readonly Sum[]): UsedBy[] {
  const services = [...new Set(sums.map(({ service }) => service))];
  const used = services.map((service) => {
    const own = sums.filter((one) => one.service === service);
    const of = (isCharge: boolean) => own.filter(({ kind }) => (kind === 'consume') === isCharge);
    const total = (of: readonly Sum[]) => of.reduce((sum, { amount }) => sum + amount, 0n);
    return {
      service,
      count: numberOf(of(true).reduce((sum, { count }) => sum + count, 0n)),
      used: credits(-total(of(true))),
      returned: credits(total(of(false))),
    };
  });
  return used.toSorted((a, b) => (a.used < b.used ? 1 : -1));
}
