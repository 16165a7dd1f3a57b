import { createHash } from 'node:crypto';

import type { AccountId } from '@/lib/db/context';
import { credit } from '@/lib/db/ledger';
import { credits } from '@/lib/domain/credits';

import type { LedgerFixture } from './ledger-fixtures';

/** A request under a reference, and the same one again: what it asks for decides its hash. */
export const request = (accountId: AccountId, reference: string, amount: bigint) => ({
  accountId,
  reference,
  amount: credits(amount),
  hash: createHash('sha256').update(`${reference} ${amount}`).digest(),
});

/** Gives an account credits, under a reference of their own, until `expiresAt` or for good. */
export const gift = ({ db }: LedgerFixture, accountId: AccountId, amount: bigint, expiresAt?: Date) =>
  credit(db, {
    accountId,
    amount: credits(amount),
    kind: 'bonus',
    reference: crypto.randomUUID(),
    ...(expiresAt ? { expiresAt } : {}),
  });

/** Sells an account credits, as a purchase that was paid; the purchase's id is the entry's reference. */
export async function topUp(
  { db, asOwner }: LedgerFixture,
  accountId: AccountId,
  amount: bigint,
): Promise<string> {
  const id = crypto.randomUUID();
  await asOwner(
    `INSERT INTO top_ups (account_id, id, origin, status, package_id, price_book_version, credits, price_cents, currency, credited_at)
     VALUES ($1, $2, 'manual', 'credited', '500', '1', $3, 500, 'usd', now())`,
    [accountId, id, amount],
  );
  await credit(db, { accountId, amount: credits(amount), kind: 'topup', reference: id });
  return id;
}

/** Every row of an account, as text: equal before and after means that nothing happened. */
export const everyRow = async ({ asOwner }: LedgerFixture, accountId: AccountId): Promise<string> => {
  const tables = [
    'balances',
    'entries',
    'entry_details',
    'grants',
    'allocations',
    'holds',
    'operations',
    'outbox',
  ];
  const rows = await Promise.all(
    tables.map((table) =>
      asOwner(`SELECT t.*, xmin FROM ${table} t WHERE account_id = $1 ORDER BY t`, [accountId]),
    ),
  );
  return JSON.stringify(rows);
};

/** What is left of each grant, the oldest first. */
export const leftOf = async ({ asOwner }: LedgerFixture, accountId: AccountId): Promise<number[]> => {
  const rows = await asOwner<{ left: number }>(
    `SELECT (CASE WHEN grant_id = head_grant THEN head_left ELSE remaining END)::int AS left
       FROM grants JOIN balances USING (account_id) WHERE account_id = $1 ORDER BY grant_id`,
    [accountId],
  );
  return rows.map(({ left }) => left);
};
