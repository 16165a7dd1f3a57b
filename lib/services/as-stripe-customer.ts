import { findBuyer } from '@/lib/db/buyers';
import type { BuyerCtx } from '@/lib/db/context';
import { keepStripeCustomer, listStripeCustomers } from '@/lib/db/stripe-customers';
import { createCustomer } from '@/lib/stripe/customers';

import { noSuchAccount } from './refusals';

/** Does what `use` does in the name of the account at Stripe; once more with a new customer where the old one is gone. */
export async function asStripeCustomer<T>(
  ctx: BuyerCtx,
  use: (customer: string) => Promise<T | null>,
): Promise<T> {
  const customer = (await listStripeCustomers(ctx.db, ctx.accountId))[0] ?? (await newCustomer(ctx, null));
  const done = (await use(customer)) ?? (await use(await newCustomer(ctx, customer)));
  if (done === null) throw new Error(`Stripe has lost the customer of account ${ctx.accountId} twice`);
  return done;
}

async function newCustomer(ctx: BuyerCtx, insteadOf: string | null): Promise<string> {
  const buyer = await findBuyer(ctx.db, ctx);
  if (!buyer) throw noSuchAccount();
  const { accountName, email } = buyer;
  const accountId = ctx.accountId.toString();
  const created = await createCustomer({ accountId, name: accountName, email, insteadOf });
  await keepStripeCustomer(ctx.db, ctx.accountId, created);
  return created;
}
