import sql from 'sql-template-tag';

import type { FlightRecord, Recording } from '@/lib/domain/flight-record';
import type { Sentence } from '@/lib/domain/sentence';

import type { AccountId } from './context';
import type { Queryable, Tx } from './database';

/** A line of the flight recorder as it is kept, with what was said of it at its last time. */
export type FlightRecordRow = FlightRecord & {
  seq: bigint;
  said: Sentence;
  /** What was claimed, where it charged. */
  topUpId: string | null;
};

/** Instants are kept apart from words, so that every reader sees them in a zone of their own. */
type KeptSentence = (string | { at: string })[];
type Row = Omit<FlightRecordRow, 'said'> & { said: KeptSentence };

const COLUMNS = sql`seq, because, until, rule_version AS "ruleVersion", first_at AS "firstAt", last_at AS "lastAt", count,
  said, top_up_id AS "topUpId"`;

/** The newest first. */
export async function listFlightRecords(
  db: Queryable,
  accountId: AccountId,
  limit: number,
): Promise<FlightRecordRow[]> {
  const rows = await db.query<Row>(sql`
    SELECT ${COLUMNS} FROM auto_top_up_records WHERE account_id = ${accountId} ORDER BY seq DESC LIMIT ${limit}`);
  return rows.map(({ said, ...row }) => ({
    ...row,
    said: said.map((part) => (typeof part === 'string' ? part : new Date(part.at))),
  }));
}

type Kept = { recording: Recording; seq: bigint; said: Sentence; topUpId: string | null };

/** Keeps a line beside the others, or in place of the last one. Whoever calls has the account's lock. */
export async function keepFlightRecord(
  tx: Tx,
  accountId: AccountId,
  { recording: { record }, seq, said, topUpId }: Kept,
): Promise<void> {
  const kept: KeptSentence = said.map((part) =>
    typeof part === 'string' ? part : { at: part.toISOString() },
  );
  await tx.query(sql`
    INSERT INTO auto_top_up_records (account_id, seq, because, until, rule_version, first_at, last_at, count, said, top_up_id)
    VALUES (${accountId}, ${seq}, ${record.because}, ${record.until}, ${record.ruleVersion}, ${record.firstAt},
            ${record.lastAt}, ${record.count}, ${JSON.stringify(kept)}::jsonb, ${topUpId})
    ON CONFLICT (account_id, seq) DO UPDATE SET last_at = excluded.last_at, count = excluded.count, said = excluded.said`);
}
