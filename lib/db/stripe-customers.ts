import sql from 'sql-template-tag';

import type { AccountId } from './context';
import type { Queryable } from './database';

export async function findStripeCustomer(db: Queryable, accountId: AccountId): Promise<string | null> {
  const [row] = await db.query<{ customer: string }>(
    sql`SELECT customer FROM stripe_customers WHERE account_id = ${accountId}`,
  );
  return row?.customer ?? null;
}

/** One account, one customer: the first one kept stands, and is what comes back. */
export async function keepStripeCustomer(
  db: Queryable,
  accountId: AccountId,
  customer: string,
): Promise<string> {
  await db.query(sql`
    INSERT INTO stripe_customers (customer, account_id) VALUES (${customer}, ${accountId}) ON CONFLICT DO NOTHING`);
  const kept = await findStripeCustomer(db, accountId);
  if (kept === null)
    throw new Error(`Stripe customer ${customer} belongs to another account than ${accountId}`);
  return kept;
}
