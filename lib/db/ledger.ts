import sql from 'sql-template-tag';

import type { Credits } from '@/lib/domain/credits';
import type { EntryKind } from '@/lib/domain/entry';

import type { AccountId } from './context';
import type { Queryable } from './database';

export type Credit = {
  accountId: AccountId;
  amount: Credits;
  kind: EntryKind;
  /** Unique for the account and kind: a repeat credits nothing. */
  reference: string;
  /** Without one, the credits never expire. */
  expiresAt?: Date | null;
  /** Of two grants that expire together, the lower is spent first. */
  priority?: number;
};
export type Credited = { status: 'applied' | 'replayed'; seq: bigint; balance: Credits };

/** Puts credits on the ledger once. Throws when the reference stands there with another amount: that is a bug. */
export async function credit(
  db: Queryable,
  { accountId, amount, kind, reference, expiresAt, priority }: Credit,
): Promise<Credited> {
  const [outcome] = await db.query<{ status: string; seq: bigint; balance: Credits }>(
    sql`
      SELECT status, seq, balance
        FROM ledger.credit(${accountId}, ${amount}, ${kind}, ${reference}, ${expiresAt ?? null}, ${priority ?? 0})`,
    'ledger.credit',
  );
  if (outcome?.status === 'applied' || outcome?.status === 'replayed') {
    return { status: outcome.status, seq: outcome.seq, balance: outcome.balance };
  }
  throw new Error(`Credit ${kind} ${reference} of account ${accountId}: ${outcome?.status ?? 'no answer'}`);
}

/** Opens an account with an empty balance. */
export async function openAccount(
  db: Queryable,
  account: { name: string; priceBook: string },
): Promise<AccountId> {
  const [row] = await db.query<{ id: AccountId }>(
    sql`SELECT ledger.open_account(${account.name}, ${account.priceBook}) AS id`,
  );
  if (!row) throw new Error('ledger.open_account gave no number');
  return row.id;
}
