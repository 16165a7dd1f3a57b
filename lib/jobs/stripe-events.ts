import { accountOfRow, type Ctx } from '@/lib/db/context';
import { log } from '@/lib/log';
import { settleTopUp } from '@/lib/services/settle-top-up';
import { type Origin, originOfCheckout, originOfInvoice, originOfPayment } from '@/lib/stripe/objects';

/** Told only which object changed; each handler asks Stripe what is true now. */
type StripeEventHandler = (ctx: Ctx, objectId: string) => Promise<void>;

const ofCheckout: StripeEventHandler = async (ctx, id) => settleOrigin(ctx, await originOfCheckout(id), id);
const ofPayment: StripeEventHandler = async (ctx, id) => settleOrigin(ctx, await originOfPayment(id));
const ofInvoice: StripeEventHandler = async (ctx, id) => settleOrigin(ctx, await originOfInvoice(id));

/** Every event we act on. Any other type is kept and left alone. */
export const stripeEventHandlers = new Map<string, StripeEventHandler>([
  ['checkout.session.completed', ofCheckout],
  ['checkout.session.async_payment_succeeded', ofCheckout],
  ['checkout.session.async_payment_failed', ofCheckout],
  ['checkout.session.expired', ofCheckout],
  ['payment_intent.succeeded', ofPayment],
  ['invoice.paid', ofInvoice],
]);

/** Objects that the company makes in the same Stripe account for other purposes carry no mark of ours. */
async function settleOrigin(ctx: Ctx, origin: Origin | null, session?: string): Promise<void> {
  if (origin === null || !/^\d+$/.test(origin.accountId)) {
    log.info({ objectId: session }, 'stripe object is not one of our top-ups');
    return;
  }
  await settleTopUp(ctx, { accountId: accountOfRow(BigInt(origin.accountId)), id: origin.topUpId }, session);
}
