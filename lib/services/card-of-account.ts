import type { AccountCtx } from '@/lib/db/context';
import { listStripeCustomers } from '@/lib/db/stripe-customers';
import { type ChargeableCard, readCard } from '@/lib/stripe/cards';

/** The card that automatic top-up of an account is charged to, and whose it is at Stripe. */
export async function cardOfAccount(
  ctx: AccountCtx,
  paymentMethod: string | null,
): Promise<{ customer: string | null; card: ChargeableCard }> {
  const [customer] = await listStripeCustomers(ctx.db, ctx.accountId);
  if (customer === undefined) return { customer: null, card: { kind: 'missing' } };
  return { customer, card: await readCard(customer, { paymentMethod, now: ctx.now }) };
}
