import type { AccountId } from '@/lib/db/context';
import type { Queryable } from '@/lib/db/database';
import { keepStripeCustomer, listStripeCustomers } from '@/lib/db/stripe-customers';
import { stripe } from '@/lib/stripe/client';

/** Gives an account a customer at Stripe, where it has none, and makes a card of Stripe's test cards its default. */
export async function saveCard(
  db: Queryable,
  accountId: AccountId,
  card: string,
): Promise<{ customer: string; card: string }> {
  const [known] = await listStripeCustomers(db, accountId);
  const customer = known ?? (await stripe().customers.create({ name: 'Acme' })).id;
  await keepStripeCustomer(db, accountId, customer);
  const { id } = await stripe().paymentMethods.attach(card, { customer });
  await stripe().customers.update(customer, { invoice_settings: { default_payment_method: id } });
  return { customer, card: id };
}
