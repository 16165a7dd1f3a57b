import sql from 'sql-template-tag';

import { type AccountId, accountOfRow } from './context';
import type { Queryable } from './database';

/** Every customer that has stood for an account at Stripe, the present one first. */
export async function listStripeCustomers(db: Queryable, accountId: AccountId): Promise<string[]> {
  const rows = await db.query<{ customer: string }>(sql`
    SELECT customer FROM stripe_customers WHERE account_id = ${accountId} ORDER BY created_at DESC, customer`);
  return rows.map(({ customer }) => customer);
}

/** Which account a customer stands for, where it is one of ours. */
export async function findAccountOfCustomer(db: Queryable, customer: string): Promise<AccountId | null> {
  const [row] = await db.query<{ id: bigint }>(
    sql`SELECT account_id AS id FROM stripe_customers WHERE customer = ${customer}`,
  );
  return row ? accountOfRow(row.id) : null;
}

/** Binds a customer to its account for good. */
export async function keepStripeCustomer(
  db: Queryable,
  accountId: AccountId,
  customer: string,
): Promise<void> {
  await db.query(sql`
    INSERT INTO stripe_customers (customer, account_id) VALUES (${customer}, ${accountId}) ON CONFLICT DO NOTHING`);
  const kept = await listStripeCustomers(db, accountId);
  if (!kept.includes(customer)) throw new Error(`Stripe customer ${customer} is not account ${accountId}'s`);
}
