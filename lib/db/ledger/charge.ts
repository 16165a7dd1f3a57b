import sql from 'sql-template-tag';

import type { Credits } from '@/lib/domain/credits';

import type { Queryable } from '../database';
import { ask, type Asked, type Details, json, type Outcome } from './outcome';

export type Charge = Asked & Details & { amount: Credits };
const STATUSES = ['applied', 'replayed', 'conflict', 'insufficient'] as const;
export type Charged = Outcome<(typeof STATUSES)[number]>;

/** Charges an account once per reference; what cannot be paid changes nothing. */
export const charge = (db: Queryable, asked: Charge): Promise<Charged> =>
  ask(db, {
    name: 'charge',
    call: sql`
      SELECT status, seq, balance, available FROM ledger.charge(
        ${asked.accountId}, ${asked.amount}, ${asked.reference}, ${asked.hash}, ${asked.service ?? null},
        ${asked.apiKeyId ?? null}, ${json(asked.calculation)}, ${json(asked.metadata)})`,
    statuses: STATUSES,
  });

export type BatchCharged = Outcome<(typeof STATUSES)[number] | 'invalid' | 'no_account'>;

/** Charges many in one transaction: each answer is what `charge` would have said, had they come one by one. */
export async function chargeBatch(db: Queryable, charges: readonly Charge[]): Promise<BatchCharged[]> {
  const column = <T>(of: (charge: Charge) => T) => charges.map((charge) => of(charge));
  const rows = await db.query<BatchCharged & { ord: bigint }>(
    sql`
      SELECT ord, status, seq, balance, available FROM ledger.charge_batch(
        ${column(({ accountId }) => accountId)}::bigint[], ${column(({ amount }) => amount)}::bigint[],
        ${column(({ reference }) => reference)}::text[], ${column(({ hash }) => hash)}::bytea[],
        ${column(({ service }) => service ?? null)}::text[], ${column(({ apiKeyId }) => apiKeyId ?? null)}::uuid[],
        ${column(({ calculation }) => json(calculation))}::jsonb[], ${column(({ metadata }) => json(metadata))}::jsonb[])
      ORDER BY ord`,
    'ledger.charge_batch',
  );
  return rows.map(({ status, seq, balance, available }) => ({ status, seq, balance, available }));
}
