import sql from 'sql-template-tag';

import type { AccountId } from './context';
import type { Queryable } from './database';

export async function findStripeCustomer(db: Queryable, accountId: AccountId): Promise<string | null> {
  const [row] = await db.query<{ customer: string }>(
    sql`SELECT customer FROM stripe_customers WHERE account_id = ${accountId}`,
  );
  return row?.customer ?? null;
}

/** One account, one customer: the first one kept stands, unless it is the one that is gone at Stripe. */
export async function keepStripeCustomer(
  db: Queryable,
  accountId: AccountId,
  { customer, insteadOf }: { customer: string; insteadOf: string | null },
): Promise<string> {
  await db.query(sql`
    INSERT INTO stripe_customers (customer, account_id) VALUES (${customer}, ${accountId})
    ON CONFLICT (account_id) DO UPDATE SET customer = excluded.customer WHERE stripe_customers.customer = ${insteadOf}`);
  const kept = await findStripeCustomer(db, accountId);
  if (kept === null) throw new Error(`Stripe customer ${customer} of account ${accountId} was not kept`);
  return kept;
}
