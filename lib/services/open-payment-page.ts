import type { BuyerCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { keepTopUp, markOpen, type TopUpRow } from '@/lib/db/top-ups';
import { AppError } from '@/lib/domain/app-error';
import { formatCredits } from '@/lib/domain/format';
import type { Package, PriceBook } from '@/lib/domain/price-book';
import { env } from '@/lib/env';
import { openCheckout } from '@/lib/stripe/checkout';
import { priceBook } from '@/price-books/price-book';

import { asStripeCustomer } from './as-stripe-customer';

type Promised = { id: string; offered: Package; savesCard: boolean };

/** Keeps what is promised for which price, before anyone pays. The same id is the same purchase. */
export function promise(ctx: BuyerCtx, { id, offered, savesCard }: Promised): Promise<TopUpRow> {
  const { version, currency } = priceBook();
  return inTransaction(ctx.db, (tx) =>
    keepTopUp(tx, {
      accountId: ctx.accountId,
      id,
      packageId: offered.id,
      priceBookVersion: version,
      credits: offered.credits,
      priceCents: offered.priceCents,
      currency,
      startedBy: ctx.userId,
      savesCard,
    }),
  );
}

/** Where a top-up is paid. */
export type PaymentPage = { session: string; url: string; expiresAt: Date | null };

/** The page that is remembered, or a new one. Refuses a top-up whose payment has been decided. */
export async function openPaymentPage(ctx: BuyerCtx, topUp: TopUpRow): Promise<PaymentPage> {
  if (topUp.status === 'credited' || topUp.status === 'processing') {
    throw new AppError(
      'conflict',
      'This purchase is already paid; there is no need to pay again. Press once more only to buy another package.',
    );
  }
  if (topUp.status === 'abandoned' || topUp.status === 'failed') {
    throw new AppError(
      'conflict',
      'This payment page has expired. You were not charged. Please start again.',
    );
  }
  const remembered = pageOf(topUp);
  if (remembered) return remembered;

  const page = await asStripeCustomer(ctx, (customer) =>
    openCheckout({
      topUpId: topUp.id,
      accountId: ctx.accountId.toString(),
      customer,
      description: creditsInWords(priceBook(), topUp),
      price: topUp.priceCents,
      currency: topUp.currency,
      savesCard: topUp.savesCard,
      returnUrls: {
        paid: `${env().APP_URL}/buy/return?session_id={CHECKOUT_SESSION_ID}`,
        canceled: `${env().APP_URL}/buy?canceled=${topUp.id}`,
      },
    }),
  );
  await markOpen(ctx.db, topUp, page);
  return page;
}

/** The page that a top-up was given, whatever became of it; null before it had one. */
export const pageOf = ({ stripeSession, checkoutUrl, checkoutExpiresAt }: TopUpRow): PaymentPage | null =>
  stripeSession === null || checkoutUrl === null
    ? null
    : { session: stripeSession, url: checkoutUrl, expiresAt: checkoutExpiresAt };

const creditsInWords = ({ credit }: PriceBook, topUp: TopUpRow) =>
  `${formatCredits(topUp.credits, credit.decimals)} ${credit.plural}`;
