import { randomUUID } from 'node:crypto';

import type { AccountCtx } from '@/lib/db/context';
import { findRecovery } from '@/lib/db/recoveries';
import { isEnded } from '@/lib/domain/recovery';
import { openCardSetup as open } from '@/lib/stripe/card-setup';
import { priceBook } from '@/price-books/price-book';

import { asStripeCustomer } from './as-stripe-customer';
import { noSuchPayment } from './refusals';

/** Gives Stripe's page where another card is entered for a payment; it charges nothing and leads back. Null where there is nothing left to pay. */
export async function openCardForRecovery(
  ctx: AccountCtx,
  { topUpId, returnUrl }: { topUpId: string; returnUrl: string },
): Promise<string | null> {
  const row = await findRecovery(ctx.db, { accountId: ctx.accountId, id: topUpId });
  if (row === null) throw noSuchPayment();
  if (isEnded(row.recovery)) return null;
  return asStripeCustomer({ ...ctx, userId: null }, (customer) =>
    open({
      id: randomUUID(),
      accountId: ctx.accountId.toString(),
      customer,
      currency: priceBook().currency,
      returnUrls: { saved: `${returnUrl}?said=card`, canceled: returnUrl },
    }),
  );
}
