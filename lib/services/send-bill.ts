import { type BillRow, findBill, markBillSent } from '@/lib/db/bills';
import type { Ctx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { enqueue, keyOfTopUp } from '@/lib/db/queue';
import { findTimeZone } from '@/lib/db/time-zone';
import { findTopUp, keepInvoice, lockTopUp, markStatus, type TopUpRow } from '@/lib/db/top-ups';
import { findDays } from '@/lib/db/usage';
import type { BillLine } from '@/lib/domain/bill';
import { creditWords } from '@/lib/domain/credit-words';
import { monthEnd } from '@/lib/domain/local-date';
import { monthName } from '@/lib/domain/statement';
import type { ChargedInvoice } from '@/lib/domain/top-up';
import { addLines, draftBill, sendBill as send } from '@/lib/stripe/bills';
import { finalizeInvoice, findInvoice } from '@/lib/stripe/invoices';
import { priceBook } from '@/price-books/price-book';

import { asStripeCustomer } from './as-stripe-customer';
import { mirrorInvoice } from './mirror-invoice';
import { settleTopUp, type TopUpKey } from './settle-top-up';

// Lines, final, sent, a look at the end: no invoice needs more.
const MOST_STEPS = 4;
// Long enough for whoever set a wrong key of Stripe to notice: with that, every invoice is missing.
const LOST_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * Has a month's invoice made and sent, to its end. Each step first asks Stripe what the last one came to, and only one
 * invoice is ever sent for a month, so that it may be repeated, and done by several at once.
 */
export async function sendBill(ctx: Ctx, key: TopUpKey): Promise<void> {
  const [topUp, bill] = await Promise.all([findTopUp(ctx.db, key), findBill(ctx.db, key)]);
  if (topUp === null || bill === null) throw new Error(`Top-up ${key.id} is no bill`);
  if (topUp.status !== 'started') return;
  const id = topUp.stripeInvoice ?? (await newInvoice(ctx, topUp, bill));
  if (id === null) return;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const invoice = await findInvoice(id);
    if (invoice === null) return lost(ctx, topUp, id);
    if (!(await advance(ctx, { topUp, bill, invoice }))) return;
  }
  throw new Error(`Invoice ${id} of bill ${key.id} comes to no end`);
}

/** Null once the payment has ended, as where somebody paid it elsewhere. */
async function newInvoice(ctx: Ctx, topUp: TopUpRow, { month, netDays, poNumber }: BillRow) {
  const { accountId, currency } = topUp;
  const drafted = await asStripeCustomer({ ...ctx, accountId, userId: null }, (customer) =>
    draftBill({
      topUpId: topUp.id,
      accountId: accountId.toString(),
      customer,
      currency,
      description: `Usage of ${monthName(month)}`,
      netDays,
      poNumber,
    }),
  );
  return keepInvoice(ctx.db, topUp, drafted);
}

type Sending = { topUp: TopUpRow; bill: BillRow; invoice: ChargedInvoice };

/** One step; false where the invoice is with its customer, or has ended. */
async function advance(ctx: Ctx, { topUp, bill, invoice }: Sending): Promise<boolean> {
  if (invoice.state === 'empty' || invoice.subtotal !== topUp.priceCents) {
    await addLines(invoice, await linesOf(ctx, topUp, bill));
    return true;
  }
  if (invoice.topUpId !== topUp.id) throw new Error(`Invoice ${invoice.invoice} is not of bill ${topUp.id}`);
  if (invoice.state === 'ready') {
    await finalizeInvoice(invoice);
    return true;
  }
  if (invoice.state === 'void') await settleTopUp(ctx, topUp);
  else await sent(ctx, topUp, { invoice, dueAt: await send(invoice) });
  return false;
}

async function linesOf({ db }: Ctx, { accountId }: TopUpRow, { month, lines }: BillRow) {
  const from = `${month}-01`;
  const days = await findDays(db, {
    from,
    to: monthEnd(from),
    timeZone: await findTimeZone(db, accountId),
  });
  if (!days?.start || !days.end) throw new Error(`Month ${month} has no days`);
  const { start, end } = days;
  return lines
    .map(({ priceCents, ...line }, place) => ({
      place,
      description: described(line),
      price: priceCents,
      start,
      end,
    }))
    .filter(({ price }) => price !== 0n);
}

const DESCRIBED = { earlier: 'Used before, not billed yet', covered: 'Paid from your credits' } as const;

function described({ of, credits }: Pick<BillLine, 'of' | 'credits'>): string {
  const amount = creditWords(priceBook().credit).said(credits);
  return `${of.kind === 'used' ? (of.service ?? 'Other usage') : DESCRIBED[of.kind]}: ${amount}`;
}

/** What Stripe has sent is told by us, too, and stands on the customer's page at once. */
async function sent(
  ctx: Ctx,
  topUp: TopUpRow,
  { invoice, dueAt }: { invoice: ChargedInvoice; dueAt: Date },
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    if (!(await markBillSent(tx, topUp, dueAt))) return;
    const job = { name: 'tell-bill', accountId: topUp.accountId.toString(), topUpId: topUp.id } as const;
    await enqueue(tx, { ...job, news: 'sent' }, { key: `sent:${keyOfTopUp(topUp)}` });
  });
  // It may have been paid in the moment between.
  await settleTopUp(ctx, topUp);
  await mirrorInvoice(ctx, invoice.invoice);
}

/** A draft that somebody deleted asked for nothing: what is owed stands on the next month's invoice. */
async function lost({ db, now }: Ctx, topUp: TopUpRow, invoice: string): Promise<void> {
  if (now.getTime() - topUp.createdAt.getTime() < LOST_AFTER_MS)
    throw new Error(`Invoice ${invoice} of bill ${topUp.id} is not at Stripe`);
  await inTransaction(db, async (tx) => {
    if ((await lockTopUp(tx, topUp))?.status === 'started') await markStatus(tx, topUp, 'failed');
  });
}
