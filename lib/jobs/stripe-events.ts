import { accountOfRow, type Ctx } from '@/lib/db/context';
import { findTopUp } from '@/lib/db/top-ups';
import { log } from '@/lib/log';
import { followRecovery } from '@/lib/services/follow-recovery';
import { settleTopUp, type TopUpKey } from '@/lib/services/settle-top-up';
import { type Origin, originOfCheckout, originOfInvoice, originOfPayment } from '@/lib/stripe/objects';

/** Told only which object changed; each handler asks Stripe what is true now. */
type StripeEventHandler = (ctx: Ctx, objectId: string) => Promise<void>;

const ofCheckout: StripeEventHandler = async (ctx, id) =>
  settleOrigin(ctx, await originOfCheckout(id), id, id);
const ofPayment: StripeEventHandler = async (ctx, id) => settleOrigin(ctx, await originOfPayment(id), id);
const ofInvoice: StripeEventHandler = async (ctx, id) => settleOrigin(ctx, await originOfInvoice(id), id);
const ofRefusal: StripeEventHandler = async (ctx, id) => {
  const key = await oursOf(ctx, await originOfInvoice(id), id);
  if (key !== null) await followRecovery(ctx, key);
};

/** Every event we act on. Any other type is kept and left alone. */
export const stripeEventHandlers = new Map<string, StripeEventHandler>([
  ['checkout.session.completed', ofCheckout],
  ['checkout.session.async_payment_succeeded', ofCheckout],
  ['checkout.session.async_payment_failed', ofCheckout],
  ['checkout.session.expired', ofCheckout],
  ['payment_intent.succeeded', ofPayment],
  ['invoice.paid', ofInvoice],
  ['invoice.voided', ofInvoice],
  ['invoice.payment_failed', ofRefusal],
  ['invoice.payment_action_required', ofRefusal],
]);

async function settleOrigin(
  ctx: Ctx,
  origin: Origin | null,
  objectId: string,
  session?: string,
): Promise<void> {
  const key = await oursOf(ctx, origin, objectId);
  if (key !== null) await settleTopUp(ctx, key, session);
}

/** Objects that the company makes in the same Stripe account for other purposes carry no mark of ours. */
async function oursOf(ctx: Ctx, origin: Origin | null, objectId: string): Promise<TopUpKey | null> {
  const key = origin === null ? null : keyOf(origin);
  if (key !== null && (await findTopUp(ctx.db, key)) !== null) return key;
  log.warn({ objectId, origin }, 'stripe object belongs to no purchase of ours');
  return null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LARGEST_ACCOUNT = 2n ** 63n - 1n;

function keyOf({ accountId, topUpId }: Origin): TopUpKey | null {
  if (!/^\d{1,19}$/.test(accountId) || BigInt(accountId) > LARGEST_ACCOUNT || !UUID.test(topUpId))
    return null;
  return { accountId: accountOfRow(BigInt(accountId)), id: topUpId };
}
