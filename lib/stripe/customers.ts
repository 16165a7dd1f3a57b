import { stripe } from './client';
import { orUnavailable } from './unavailable';

export type NewCustomer = { accountId: string; name: string; email: string };

/** The customer that stands for an account at Stripe. Asked twice, it is the same one. */
export async function createCustomer({ accountId, name, email }: NewCustomer): Promise<string> {
  const customer = await orUnavailable(
    stripe().customers.create(
      { name, email, metadata: { account_id: accountId } },
      { idempotencyKey: `account/${accountId}/customer` },
    ),
  );
  return customer.id;
}
