import { Stripe } from 'stripe';

import { stripe } from './client';
import { createOnce } from './create-once';

export type NewCustomer = {
  accountId: string;
  name: string;
  /** Without one, Stripe's page asks for it. */
  email: string | null;
  /** The customer that this one stands in for, because it is gone at Stripe. */
  insteadOf: string | null;
};

/** The customer that stands for an account at Stripe. Asked twice for the same member, it is the same one. */
export async function createCustomer({ accountId, name, email, insteadOf }: NewCustomer): Promise<string> {
  // The e-mail is part of the key, because another member's is another request to Stripe.
  const key = `account/${accountId}/customer/${email ?? 'none'}${insteadOf === null ? '' : `/${insteadOf}`}`;
  const customer = await createOnce(key, (options) =>
    stripe().customers.create(
      { name, ...(email === null ? {} : { email }), metadata: { account_id: accountId } },
      options,
    ),
  );
  return customer.id;
}

/** For `catch`: somebody deleted the customer in Stripe's dashboard. */
export function nullWhenCustomerGone(error: unknown): null {
  const isGone =
    error instanceof Stripe.errors.StripeInvalidRequestError &&
    error.code === 'resource_missing' &&
    error.param === 'customer';
  if (isGone) return null;
  throw error;
}
