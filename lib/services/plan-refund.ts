import type { AccountCtx } from '@/lib/db/context';
import { findPayment, listMoneyBack, readLeftOfPurchase } from '@/lib/db/money-back';
import { findTopUp } from '@/lib/db/top-ups';
import { type Cents, cents, credits } from '@/lib/domain/credits';
import { heard, type MoneyBack, toTakeBack } from '@/lib/domain/money-back';
import type { RefundPlan } from '@/lib/domain/refund-plan';
import { readInvoiceForList } from '@/lib/stripe/documents';
import { readMoneyBack } from '@/lib/stripe/money-back';

import { moneyNeverCame, noSuchPurchase } from './refusals';

/** What a refund of a purchase would do. Asks Stripe, and changes nothing. */
export async function planRefund(
  { db, accountId, now }: AccountCtx,
  { topUpId, amount: wanted }: { topUpId: string; amount: Cents | null },
): Promise<RefundPlan> {
  const key = { accountId, id: topUpId };
  const topUp = await findTopUp(db, key);
  if (topUp === null) throw noSuchPurchase();
  const { stripePayment: payment, stripeInvoice: invoice } = topUp;
  const paid = payment === null ? null : await findPayment(db, payment);
  if (topUp.status !== 'credited' || payment === null || invoice === null || paid === null)
    throw moneyNeverCame();

  const [known, said, onInvoice, unused] = await Promise.all([
    listMoneyBack(db, key),
    readMoneyBack(payment),
    readInvoiceForList(invoice),
    readLeftOfPurchase(db, key),
  ]);
  const all = heard(known, said);
  const gone = all.filter(({ state }) => state === 'gone' || state === 'open');
  const back = cents(gone.reduce((sum, one) => sum + one.amount, 0n));
  const left = cents(paid.received > back ? paid.received - back : 0n);
  const amount = wanted ?? left;

  const purchase = { payment, credits: topUp.credits, received: paid.received };
  const takenBefore = toTakeBack(purchase, all);
  const refund: MoneyBack = { id: '', kind: 'refund', state: 'gone', progress: 0, amount, happenedAt: now };
  return {
    currency: paid.currency,
    paid: paid.received,
    tax: onInvoice?.invoice.tax ?? cents(0n),
    back,
    isDisputed: all.some(({ kind, state }) => kind === 'dispute' && state !== 'over'),
    left,
    amount,
    bought: topUp.credits,
    takenBefore,
    unused,
    takes: credits(toTakeBack(purchase, [...all, refund]) - takenBefore),
  };
}
