import type { StartTopUp, TopUpStarted } from '@/lib/contracts/top-up';
import type { MemberCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { keepStripeCustomer, listStripeCustomers } from '@/lib/db/stripe-customers';
import { findTopUp, keepTopUp, markOpen, type TopUpRow } from '@/lib/db/top-ups';
import { AppError } from '@/lib/domain/app-error';
import { formatCredits } from '@/lib/domain/format';
import { packageOf } from '@/lib/domain/package-of';
import type { Package, PriceBook } from '@/lib/domain/price-book';
import { env } from '@/lib/env';
import { type CheckoutPage, openCheckout } from '@/lib/stripe/checkout';
import { createCustomer } from '@/lib/stripe/customers';
import { priceBook } from '@/price-books/price-book';

import { readMember } from './member';
import { settleTopUp } from './settle-top-up';

/** Promises credits for a price and opens the page where the customer pays. The same id is the same purchase. */
export async function startTopUp(ctx: MemberCtx, wanted: StartTopUp): Promise<TopUpStarted> {
  const book = priceBook();
  const offered = packageOf(book, wanted.packageId);
  if (!offered)
    throw new AppError('invalid_input', 'This package is not on offer. Please choose another one.');

  const topUp = await promised(ctx, wanted.id, offered);
  if (topUp.packageId !== offered.id) {
    throw new AppError('conflict', 'This purchase was started with another package. Please start it again.');
  }
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
  if (topUp.checkoutUrl !== null) return { id: topUp.id, checkoutUrl: topUp.checkoutUrl };

  const page = await paymentPageOf(ctx, topUp);
  await markOpen(ctx.db, topUp, page);
  return { id: topUp.id, checkoutUrl: page.url };
}

async function paymentPageOf(ctx: MemberCtx, topUp: TopUpRow): Promise<CheckoutPage> {
  const open = (customer: string) =>
    openCheckout({
      topUpId: topUp.id,
      accountId: ctx.accountId.toString(),
      customer,
      description: creditsInWords(priceBook(), topUp),
      price: topUp.priceCents,
      currency: topUp.currency,
      returnUrls: {
        paid: `${env().APP_URL}/buy/return?session_id={CHECKOUT_SESSION_ID}`,
        canceled: `${env().APP_URL}/buy?canceled=${topUp.id}`,
      },
    });
  const customer = (await listStripeCustomers(ctx.db, ctx.accountId))[0] ?? (await newCustomer(ctx, null));
  const page = (await open(customer)) ?? (await open(await newCustomer(ctx, customer)));
  if (!page) throw new Error(`Stripe has lost the customer of account ${ctx.accountId} twice`);
  return page;
}

/** The intent row; one that has its payment page already is first told what became of it, should no event have come. */
async function promised(ctx: MemberCtx, id: string, offered: Package): Promise<TopUpRow> {
  const book = priceBook();
  const kept = await inTransaction(ctx.db, (tx) =>
    keepTopUp(tx, {
      accountId: ctx.accountId,
      id,
      packageId: offered.id,
      priceBookVersion: book.version,
      credits: offered.credits,
      priceCents: offered.priceCents,
      currency: book.currency,
      startedBy: ctx.userId,
    }),
  );
  if (kept.stripeSession === null) return kept;
  await settleTopUp(ctx, kept);
  return (await findTopUp(ctx.db, kept)) ?? kept;
}

const creditsInWords = ({ credit }: PriceBook, topUp: TopUpRow) =>
  `${formatCredits(topUp.credits, credit.decimals)} ${credit.plural}`;

async function newCustomer(ctx: MemberCtx, insteadOf: string | null): Promise<string> {
  const { accountName, email } = await readMember(ctx.db, ctx);
  const accountId = ctx.accountId.toString();
  const created = await createCustomer({ accountId, name: accountName, email, insteadOf });
  await keepStripeCustomer(ctx.db, ctx.accountId, created);
  return created;
}
