import { known } from '../known';
import type { CheckoutSession, PaymentIntent, PaymentMethod, SetupIntent } from '../objects';
import type { CheckoutDetails } from '../store';
import type { Context } from '../world';

export const knownSession = (ctx: Context, id: string): CheckoutSession =>
  known(ctx.store.checkout_sessions, 'checkout.session', id);

export const detailsOf = (ctx: Context, session: CheckoutSession): CheckoutDetails => {
  const details = ctx.store.checkout_details.get(session.id);
  if (details === null) throw new Error(`${session.id} has no details`);
  return details;
};

/** The session that made this SetupIntent, if one did. */
export const sessionOfSetup = (ctx: Context, setup: SetupIntent): CheckoutSession | null => {
  const among = { by: 'setup_intent', is: setup.id };
  const [session] = ctx.store.checkout_sessions.newestFirst(undefined, among);
  return session ?? null;
};

/** The session that made this PaymentIntent, if one did. */
export const sessionOf = (ctx: Context, intent: PaymentIntent): CheckoutSession | null => {
  const among = { by: 'payment_intent', is: intent.id };
  const [session] = ctx.store.checkout_sessions.newestFirst(undefined, among);
  return session ?? null;
};

/** The customer's cards that this session may show again; one that keeps a card asks for a new one. */
export const savedMethods = (ctx: Context, session: CheckoutSession): PaymentMethod[] => {
  if (session.customer === null || session.mode === 'setup') return [];
  const filters = session.saved_payment_method_options?.allow_redisplay_filters ?? ['always'];
  const among = { by: 'customer', is: session.customer };
  return [...ctx.store.payment_methods.newestFirst(undefined, among)].filter((method) =>
    filters.some((filter) => filter === method.allow_redisplay),
  );
};

/** Whether the card form offers to keep the card. */
export const offersToSave = ({ customer, saved_payment_method_options: options }: CheckoutSession): boolean =>
  customer !== null && options?.payment_method_save === 'enabled';
