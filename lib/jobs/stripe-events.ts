import { accountOfRow, type Ctx } from '@/lib/db/context';
import { findPayment } from '@/lib/db/money-back';
import type { KeptEvent } from '@/lib/db/stripe-events';
import { findLiveTopUpOfInvoice, findTopUp, type TopUpRow } from '@/lib/db/top-ups';
import { log } from '@/lib/log';
import { endLostClaim } from '@/lib/services/end-lost-claim';
import { followRecovery } from '@/lib/services/follow-recovery';
import { mirrorInvoice } from '@/lib/services/mirror-invoice';
import { refreshCards } from '@/lib/services/refresh-cards';
import { settleMoneyBack } from '@/lib/services/settle-money-back';
import { settleTopUp, type TopUpKey } from '@/lib/services/settle-top-up';
import { readCardSetup } from '@/lib/stripe/card-setup';
import { invoiceOfCreditNote } from '@/lib/stripe/documents';
import { paymentOfDispute, paymentOfRefund } from '@/lib/stripe/money-back';
import { type Origin, originOfCheckout, originOfInvoice, originOfPayment } from '@/lib/stripe/objects';

import { onCardChanged, onCustomerChanged } from './card-events';

/** Told only which object changed; each handler asks Stripe what is true now. */
type StripeEventHandler = (ctx: Ctx, objectId: string) => Promise<void>;

const ofCheckout: StripeEventHandler = async (ctx, id) =>
  settleOrigin(ctx, await originOfCheckout(id), id, id);
const ofPayment: StripeEventHandler = async (ctx, id) => settleOrigin(ctx, await originOfPayment(id), id);
const ofInvoice: StripeEventHandler = async (ctx, id) => {
  await settleOrigin(ctx, await originOfInvoice(id), id);
  await mirrorInvoice(ctx, id);
};
const ofCreditNote: StripeEventHandler = async (ctx, id) => mirrorInvoice(ctx, await invoiceOfCreditNote(id));
const ofRefund: StripeEventHandler = async (ctx, id) => settleBack(ctx, await paymentOfRefund(id), id);
const ofDispute: StripeEventHandler = async (ctx, id) => settleBack(ctx, await paymentOfDispute(id), id);
const ofRefusal: StripeEventHandler = async (ctx, id) => {
  const topUp = await oursOf(ctx, await originOfInvoice(id), id);
  if (topUp !== null) await followRecovery(ctx, topUp);
};

/** What it was for cannot be asked for any more. */
const ofDeletedInvoice: StripeEventHandler = async (ctx, id) => {
  const topUp = await findLiveTopUpOfInvoice(ctx.db, id);
  if (topUp !== null) await endLostClaim(ctx, topUp, id);
};

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
  ['invoice.deleted', ofDeletedInvoice],
  ['payment_method.attached', onCardChanged],
  ['payment_method.updated', onCardChanged],
  ['payment_method.automatically_updated', onCardChanged],
  ['payment_method.detached', onCardChanged],
  ['customer.updated', onCustomerChanged],
  ['customer.deleted', onCustomerChanged],
  ['invoice.payment_failed', ofRefusal],
  ['invoice.payment_action_required', ofRefusal],
  ['invoice.finalized', mirrorInvoice],
  ['invoice.marked_uncollectible', mirrorInvoice],
  ['credit_note.created', ofCreditNote],
  ['credit_note.voided', ofCreditNote],
  ['refund.created', ofRefund],
  ['refund.updated', ofRefund],
  ['refund.failed', ofRefund],
  ['charge.dispute.created', ofDispute],
  ['charge.dispute.updated', ofDispute],
  ['charge.dispute.funds_withdrawn', ofDispute],
  ['charge.dispute.funds_reinstated', ofDispute],
  ['charge.dispute.closed', ofDispute],
]);

/** The purchase of ours that an event's object belongs to; null where there is none. */
export async function purchaseOfEvent(ctx: Ctx, { type, objectId }: KeptEvent): Promise<TopUpKey | null> {
  if (type.startsWith('checkout.session.')) return ownPurchase(ctx, await originOfCheckout(objectId));
  if (type.startsWith('payment_intent.')) return ownPurchase(ctx, await originOfPayment(objectId));
  if (type.startsWith('invoice.')) return ownPurchase(ctx, await originOfInvoice(objectId));
  if (type.startsWith('refund.')) return purchaseOfPayment(ctx, await paymentOfRefund(objectId));
  if (type.startsWith('charge.dispute.')) return purchaseOfPayment(ctx, await paymentOfDispute(objectId));
  return null;
}

export async function purchaseOfPayment(ctx: Ctx, payment: string | null): Promise<TopUpKey | null> {
  if (payment === null) return null;
  const paid = await findPayment(ctx.db, payment);
  if (paid !== null) return { accountId: paid.accountId, id: paid.topUpId };
  return ownPurchase(ctx, await originOfPayment(payment));
}

/** Its credits are put on the ledger before any is taken back, whichever news comes first. */
async function settleBack(ctx: Ctx, payment: string | null, objectId: string): Promise<void> {
  if (payment === null) return;
  if ((await findPayment(ctx.db, payment)) === null)
    await settleOrigin(ctx, await originOfPayment(payment), objectId);
  if ((await findPayment(ctx.db, payment)) !== null) await settleMoneyBack(ctx, payment);
}

async function settleOrigin(
  ctx: Ctx,
  origin: Origin | null,
  objectId: string,
  session?: string,
): Promise<void> {
  const topUp = await oursOf(ctx, origin, objectId);
  if (topUp === null) return;
  await settleTopUp(ctx, topUp, session);
  if (topUp.savesCard) await refreshCards({ ...ctx, accountId: topUp.accountId });
}

/** Objects that the company makes in the same Stripe account for other purposes carry no mark of ours. */
async function oursOf(ctx: Ctx, origin: Origin | null, objectId: string): Promise<TopUpRow | null> {
  const topUp = await ownPurchase(ctx, origin);
  if (topUp === null) log.warn({ objectId, origin }, 'stripe object belongs to no purchase of ours');
  return topUp;
}

export async function ownPurchase(ctx: Ctx, origin: Origin | null): Promise<TopUpRow | null> {
  const key = origin === null ? null : keyOf(origin);
  return key === null ? null : findTopUp(ctx.db, key);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LARGEST_ACCOUNT = 2n ** 63n - 1n;

function keyOf({ accountId, topUpId }: Origin): TopUpKey | null {
  if (!/^\d{1,19}$/.test(accountId) || BigInt(accountId) > LARGEST_ACCOUNT || !UUID.test(topUpId))
    return null;
  return { accountId: accountOfRow(BigInt(accountId)), id: topUpId };
}
