import { accountOfRow, type Ctx } from '@/lib/db/context';
import { findPayment } from '@/lib/db/money-back';
import { findTopUp } from '@/lib/db/top-ups';
import { log } from '@/lib/log';
import { refreshCards } from '@/lib/services/refresh-cards';
import { settleTopUp, type TopUpKey } from '@/lib/services/settle-top-up';
import { readCardSetup } from '@/lib/stripe/card-setup';
import { settleMoneyBack } from '@/lib/services/settle-money-back';
import { paymentOfDispute, paymentOfRefund } from '@/lib/stripe/money-back';
import { type Origin, originOfCheckout, originOfInvoice, originOfPayment } from '@/lib/stripe/objects';

import { onCardChanged, onCustomerChanged } from './card-events';

/** Told only which object changed; each handler asks Stripe what is true now. */
type StripeEventHandler = (ctx: Ctx, objectId: string) => Promise<void>;

const ofCheckout: StripeEventHandler = async (ctx, id) =>
  settleOrigin(ctx, await originOfCheckout(id), id, id);
const ofPayment: StripeEventHandler = async (ctx, id) => settleOrigin(ctx, await originOfPayment(id), id);
const ofInvoice: StripeEventHandler = async (ctx, id) => settleOrigin(ctx, await originOfInvoice(id), id);
const ofRefund: StripeEventHandler = async (ctx, id) => settleBack(ctx, await paymentOfRefund(id), id);
const ofDispute: StripeEventHandler = async (ctx, id) => settleBack(ctx, await paymentOfDispute(id), id);

/** The page took money, or only a card to keep. */
const ofCompleted: StripeEventHandler = async (ctx, id) => {
  const setup = await readCardSetup(id);
  if (setup === null) await ofCheckout(ctx, id);
  else if (setup.customer !== null) await onCustomerChanged(ctx, setup.customer);
};

/** Every event we act on. Any other type is kept and left alone. */
export const stripeEventHandlers = new Map<string, StripeEventHandler>([
  ['checkout.session.completed', ofCompleted],
  ['checkout.session.async_payment_succeeded', ofCheckout],
  ['checkout.session.async_payment_failed', ofCheckout],
  ['checkout.session.expired', ofCheckout],
  ['payment_intent.succeeded', ofPayment],
  ['invoice.paid', ofInvoice],
  ['invoice.voided', ofInvoice],
  ['payment_method.attached', onCardChanged],
  ['payment_method.updated', onCardChanged],
  ['payment_method.automatically_updated', onCardChanged],
  ['payment_method.detached', onCardChanged],
  ['customer.updated', onCustomerChanged],
  ['customer.deleted', onCustomerChanged],
  ['refund.created', ofRefund],
  ['refund.updated', ofRefund],
  ['refund.failed', ofRefund],
  ['charge.dispute.created', ofDispute],
  ['charge.dispute.updated', ofDispute],
  ['charge.dispute.funds_withdrawn', ofDispute],
  ['charge.dispute.funds_reinstated', ofDispute],
  ['charge.dispute.closed', ofDispute],
]);

/** Its credits are put on the ledger before any is taken back, whichever news comes first. */
async function settleBack(ctx: Ctx, payment: string | null, objectId: string): Promise<void> {
  if (payment === null) return;
  if ((await findPayment(ctx.db, payment)) === null)
    await settleOrigin(ctx, await originOfPayment(payment), objectId);
  if ((await findPayment(ctx.db, payment)) !== null) await settleMoneyBack(ctx, payment);
}

/** Objects that the company makes in the same Stripe account for other purposes carry no mark of ours. */
async function settleOrigin(
  ctx: Ctx,
  origin: Origin | null,
  objectId: string,
  session?: string,
): Promise<void> {
  const key = origin === null ? null : keyOf(origin);
  const topUp = key === null ? null : await findTopUp(ctx.db, key);
  if (topUp === null) {
    log.warn({ objectId, origin }, 'stripe object belongs to no purchase of ours');
    return;
  }
  await settleTopUp(ctx, topUp, session);
  if (topUp.savesCard) await refreshCards({ ...ctx, accountId: topUp.accountId });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LARGEST_ACCOUNT = 2n ** 63n - 1n;

function keyOf({ accountId, topUpId }: Origin): TopUpKey | null {
  if (!/^\d{1,19}$/.test(accountId) || BigInt(accountId) > LARGEST_ACCOUNT || !UUID.test(topUpId))
    return null;
  return { accountId: accountOfRow(BigInt(accountId)), id: topUpId };
}
