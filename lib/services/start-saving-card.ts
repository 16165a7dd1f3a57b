import type { StartSavingCard } from '@/lib/contracts/card';
import type { Elsewhere } from '@/lib/contracts/elsewhere';
import type { MemberCtx } from '@/lib/db/context';
import { env } from '@/lib/env';
import { openCardSetup } from '@/lib/stripe/card-setup';
import { priceBook } from '@/price-books/price-book';

import { asStripeCustomer } from './as-stripe-customer';

/** Opens the page where a member saves a card and nothing is charged. The same id is the same page. */
export async function startSavingCard(ctx: MemberCtx, { id }: StartSavingCard): Promise<Elsewhere> {
  const page = `${env().APP_URL}/payment-methods`;
  const url = await asStripeCustomer(ctx, (customer) =>
    openCardSetup({
      id,
      accountId: ctx.accountId.toString(),
      customer,
      currency: priceBook().currency,
      returnUrls: { saved: `${page}?saved={CHECKOUT_SESSION_ID}`, canceled: page },
    }),
  );
  return { url };
}
