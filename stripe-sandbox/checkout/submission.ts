import type { Keep } from '../intents/machine';
import { authenticate, createIntent, pay, type PaymentOutcome } from '../intents/payments';
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
import { complete } from './completion';
import { detailsOf } from './session';

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

/** The form of the hosted page was sent: pay, and complete the session if the bank agrees. */
export const submit = (
  ctx: Context,
  open: CheckoutSession,
  { method, billing, save }: Submission,
): PaymentOutcome => {
  const customer = guest(ctx, open, billing);
  const details = ctx.store.checkout_details.put({ ...detailsOf(ctx, open), submission: { billing, save } });
  const named = customer === null ? open : { ...open, customer: customer.id };
  const intent = intentFor(ctx, named);
  const session = ctx.store.checkout_sessions.put({ ...named, payment_intent: intent.id });
  const outcome = pay(ctx, intent, {
    method,
    offSession: false,
    returnUrl: session.url,
    keep: keepFor(details),
  });
  if (outcome.kind === 'succeeded') complete(ctx, session);
  return outcome;
};

/** A session with nothing to pay needs no card and makes no PaymentIntent. */
export const submitFree = (ctx: Context, open: CheckoutSession, billing: BillingDetails): void => {
  const customer = guest(ctx, open, billing);
  ctx.store.checkout_details.put({ ...detailsOf(ctx, open), submission: { billing, save: false } });
  complete(ctx, customer === null ? open : { ...open, customer: customer.id });
};

/** The holder came back from the bank's page. */
export const resume = (
  ctx: Context,
  session: CheckoutSession,
  intent: PaymentIntent,
  passed: boolean,
): PaymentOutcome => {
  const outcome = authenticate(ctx, intent, { passed, keep: keepFor(detailsOf(ctx, session)) });
  if (outcome.kind === 'succeeded') complete(ctx, session);
  return outcome;
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
