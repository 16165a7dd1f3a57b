import { emit } from '../events';
import { newId } from '../ids';
import type { Keep } from '../intents/machine';
import { authenticate, createIntent, pay, settle, type PaymentOutcome } from '../intents/payments';
import { attemptSetup, authenticateSetup, type SetupOutcome } from '../intents/setups';
import type {
  BillingDetails,
  CheckoutSession,
  Customer,
  PaymentIntent,
  PaymentMethod,
  SetupIntent,
} from '../objects';
import { createCustomer } from '../resources/customers';
import type { CheckoutDetails } from '../store';
import type { Context } from '../world';
import { locate } from './amounts';
import { complete, paidLater } from './completion';
import { detailsOf, knownSession } from './session';

/** Real delayed payments take days; this is long enough to be seen unpaid. */
const DELAY_MS = 5000;

const keepFor = ({ intent, submission }: CheckoutDetails): Keep => {
  if (submission?.save === true) return 'always';
  return intent.setupFutureUsage === null ? null : 'limited';
};

const guest = (ctx: Context, session: CheckoutSession, billing: BillingDetails): Customer | null => {
  const isNeeded =
    session.customer_creation === 'always' ||
    session.invoice_creation?.enabled === true ||
    detailsOf(ctx, session).intent.setupFutureUsage !== null;
  if (session.customer !== null || !isNeeded) return null;
  return createCustomer(ctx, { email: billing.email, name: billing.name });
};

const intentFor = (ctx: Context, session: CheckoutSession): PaymentIntent => {
  const existing =
    session.payment_intent === null ? null : ctx.store.payment_intents.get(session.payment_intent);
  if (existing !== null) return existing;
  const { intent } = detailsOf(ctx, session);
  return createIntent(ctx, {
    ...intent,
    amount: session.amount_total ?? 0,
    currency: session.currency ?? 'usd',
    customer: session.customer,
    allowedTypes: session.allowed_payment_method_types,
  });
};

export type Submission = { method: PaymentMethod; billing: BillingDetails; save: boolean };

/** What was typed is kept, and with the address the tax follows. */
const sent = (
  ctx: Context,
  open: CheckoutSession,
  { billing, save }: Omit<Submission, 'method'>,
): CheckoutSession => {
  const customer = guest(ctx, open, billing);
  ctx.store.checkout_details.put({ ...detailsOf(ctx, open), submission: { billing, save } });
  const named = customer === null ? open : { ...open, customer: customer.id };
  const isLocated = typeof billing.address?.country === 'string';
  return locate(ctx, named, isLocated ? { address: billing.address } : {});
};

/** With a delayed payment the session is complete before the money has come. */
const close = (ctx: Context, session: CheckoutSession, outcome: PaymentOutcome): PaymentOutcome => {
  if (outcome.kind !== 'succeeded') return outcome;
  const isPaid = outcome.intent.status === 'succeeded';
  complete(ctx, session, { isPaid });
  if (!isPaid) {
    ctx.store.tasks.put({
      id: newId('task'),
      created: ctx.clock.seconds(),
      kind: 'settle_checkout',
      subject: session.id,
      dueAt: ctx.clock.now() + DELAY_MS,
    });
  }
  return outcome;
};

/** The form of the hosted page was sent: pay, and complete the session if the bank agrees. */
export const submit = (
  ctx: Context,
  open: CheckoutSession,
  { method, billing, save }: Submission,
): PaymentOutcome => {
  const named = sent(ctx, open, { billing, save });
  const intent = intentFor(ctx, named);
  const session = ctx.store.checkout_sessions.put({ ...named, payment_intent: intent.id });
  const keep = keepFor(detailsOf(ctx, session));
  const attempt = { method, offSession: false, returnUrl: session.url, keep, delays: true };
  return close(ctx, session, pay(ctx, intent, attempt));
};

/** A session with nothing to pay needs no card and makes no PaymentIntent. */
export const submitFree = (ctx: Context, open: CheckoutSession, billing: BillingDetails): void =>
  complete(ctx, sent(ctx, open, { billing, save: false }));

/** The holder came back from the bank's page. */
export const resume = (
  ctx: Context,
  session: CheckoutSession,
  intent: PaymentIntent,
  passed: boolean,
): PaymentOutcome => {
  const keep = keepFor(detailsOf(ctx, session));
  return close(ctx, session, authenticate(ctx, intent, { passed, keep, delays: true }));
};

/** A delayed payment has come, or has not: long after the page was closed. */
export const settleCheckout = (ctx: Context, id: string): void => {
  const session = knownSession(ctx, id);
  const intent = ctx.store.payment_intents.get(session.payment_intent ?? '');
  if (intent?.status !== 'processing') return;
  const outcome = settle(ctx, intent, keepFor(detailsOf(ctx, session)));
  if (outcome.kind === 'succeeded') paidLater(ctx, session);
  else emit(ctx, 'checkout.session.async_payment_failed', session);
};

/** The form of a session in setup mode was sent: keep the card if its bank agrees. */
export const submitSetup = (
  ctx: Context,
  session: CheckoutSession,
  { method, billing }: Omit<Submission, 'save'>,
): SetupOutcome => {
  const details = ctx.store.checkout_details.put({
    ...detailsOf(ctx, session),
    submission: { billing, save: true },
  });
  const setup = ctx.store.setup_intents.get(session.setup_intent ?? '');
  if (setup === null) throw new Error(`${session.id} has no setup intent`);
  const outcome = attemptSetup(ctx, setup, {
    method,
    returnUrl: session.url,
    keep: details.redisplay ?? 'limited',
  });
  if (outcome.kind === 'succeeded') complete(ctx, session);
  return outcome;
};

/** The holder came back from the bank's page with a card to keep. */
export const resumeSetup = (
  ctx: Context,
  session: CheckoutSession,
  setup: SetupIntent,
  passed: boolean,
): SetupOutcome => {
  const keep = detailsOf(ctx, session).redisplay ?? 'limited';
  const outcome = authenticateSetup(ctx, setup, { passed, keep });
  if (outcome.kind === 'succeeded') complete(ctx, session);
  return outcome;
};
