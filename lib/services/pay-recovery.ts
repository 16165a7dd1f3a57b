import type { AccountCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { beginAttempt, keepNews } from '@/lib/db/recoveries';
import { listStripeCustomers } from '@/lib/db/stripe-customers';
import { findTopUp } from '@/lib/db/top-ups';
import { isEnded } from '@/lib/domain/recovery';
import { readCards } from '@/lib/stripe/cards';
import { readInvoicePage } from '@/lib/stripe/invoices';
import { confirmPayment, type InvoicePayment } from '@/lib/stripe/payments';

import { followRecovery, newsOf } from './follow-recovery';
import { noSuchPayment } from './refusals';
import { settleTopUp, type TopUpKey } from './settle-top-up';

type Wish = {
  topUpId: string;
  /** Which attempt the page was made for. */
  attempt: number;
  /** Stripe's id. */
  card: string;
  /** Where the bank leads back to. */
  returnUrl: string;
};

/**
 * Tries to pay with one of the account's cards while the customer is there. Always the same payment at Stripe, so that
 * no number of clicks, windows or late events pays twice. Gives the page to go to: the bank's, or Stripe's own where it
 * takes the money only there; null where the payment's own page says what became of it.
 */
export async function payRecovery(
  ctx: AccountCtx,
  { card: paymentMethod, ...wish }: Wish,
): Promise<string | null> {
  const key = { accountId: ctx.accountId, id: wish.topUpId };
  const row = await followRecovery(ctx, key);
  if (row === null) throw noSuchPayment();
  if (isEnded(row.recovery)) return null;
  const topUp = await findTopUp(ctx.db, key);
  if (topUp === null || topUp.stripePayment === null || topUp.stripeInvoice === null) return null;
  if (!(await keeps(ctx, paymentMethod))) return null;

  const begun = { attempt: wish.attempt, paymentMethod, at: ctx.now };
  const attempt = await inTransaction(ctx.db, (tx) => beginAttempt(tx, key, begun));
  if (attempt === null) return null;
  const payment = await confirmPayment(topUp.stripePayment, {
    key: `topup/${topUp.id}/recovery/${attempt}`,
    paymentMethod,
    returnUrl: wish.returnUrl,
  });
  return payment === null ? elsewhere(ctx, key, topUp.stripeInvoice) : takeIn(ctx, key, { payment, attempt });
}

/** Only a card of the account's own is ever charged. */
async function keeps({ db, accountId }: AccountCtx, paymentMethod: string): Promise<boolean> {
  const [customer] = await listStripeCustomers(db, accountId);
  if (customer === undefined) return false;
  return (await readCards(customer)).cards.some((card) => card.paymentMethod === paymentMethod);
}

async function takeIn(
  ctx: AccountCtx,
  key: TopUpKey,
  { payment, attempt }: { payment: InvoicePayment; attempt: number },
): Promise<string | null> {
  const news = newsOf(payment, attempt);
  if (news !== null) await inTransaction(ctx.db, (tx) => keepNews(tx, key, { ...news, at: ctx.now }));
  if (payment.state === 'succeeded' || payment.state === 'processing') await settleTopUp(ctx, key);
  return payment.state === 'authenticating' ? payment.challengeUrl : null;
}

/** The payment came to an end a moment ago, or is one that can only be paid on Stripe's page. */
async function elsewhere(ctx: AccountCtx, key: TopUpKey, invoice: string): Promise<string | null> {
  const row = await followRecovery(ctx, key);
  return row === null || isEnded(row.recovery) || row.recovery.kind === 'processing'
    ? null
    : readInvoicePage(invoice);
}
