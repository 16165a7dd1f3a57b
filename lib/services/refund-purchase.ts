import type { AccountCtx } from '@/lib/db/context';
import { findTopUp } from '@/lib/db/top-ups';
import { AppError } from '@/lib/domain/app-error';
import { refundByCreditNote, type WantedRefund } from '@/lib/stripe/credit-notes';

import { mirrorInvoice } from './mirror-invoice';
import { moneyNeverCame, noSuchPurchase } from './refusals';
import { settleMoneyBack } from './settle-money-back';

type Wanted = Pick<WantedRefund, 'id' | 'amount' | 'reason' | 'memo'> & { topUpId: string };

/** Refunds a part or all of a purchase by credit note, and takes back what that part had bought. The same id refunds once. */
export async function refundPurchase(
  ctx: AccountCtx,
  { topUpId, ...wanted }: Wanted,
): Promise<{ creditNote: string }> {
  const topUp = await findTopUp(ctx.db, { accountId: ctx.accountId, id: topUpId });
  if (topUp === null) throw noSuchPurchase();
  const { stripeInvoice: invoice, stripePayment: payment } = topUp;
  if (topUp.status !== 'credited' || invoice === null || payment === null) throw moneyNeverCame();

  const refunded = await refundByCreditNote({ ...wanted, invoice });
  if (refunded.kind === 'refused')
    throw new AppError('conflict', `It cannot be given back. Stripe says: ${refunded.because}`);
  if (refunded.kind === 'failed')
    throw new AppError(
      'conflict',
      'The bank has sent this refund back. Give another reason to try the same amount once more.',
    );
  const { creditNote } = refunded;
  await settleMoneyBack(ctx, payment);
  await mirrorInvoice(ctx, invoice);
  return { creditNote };
}
