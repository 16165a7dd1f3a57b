import type { Context as Call, Hono } from 'hono';

import { offersToSave, savedMethods } from '../checkout/session';
import { submit, submitFree, submitSetup } from '../checkout/submission';
import type { BillingDetails, CheckoutSession, PaymentMethod } from '../objects';
import { emptyAddress } from '../resources/customers';
import { detachMethod, methodFromCard } from '../resources/payment-methods';
import { uncaused, type Context, type World } from '../world';
import { knownAddress, readAddress } from './address-form';
import { readCard } from './card-form';
import { checkoutPage, closedPage, emailOf, successUrl } from './checkout-page';
import { readEmail, reading, refused, typedIn, untouched, type Reading } from './fields';
import { notice } from './layout';

const readEmailOf = (session: CheckoutSession, form: Reading) => emailOf(session) ?? readEmail(form);

/** Who pays with a new card, as typed; what is missing is noted on the form. */
const readBilling = (session: CheckoutSession, form: Reading, email: string | null): BillingDetails => ({
  email,
  name: typedIn(form, 'name') || null,
  phone: null,
  tax_id: null,
  address: session.billing_address_collection === 'required' ? readAddress(form) : null,
});

type Chosen = { method: PaymentMethod; billing: BillingDetails; save: boolean };

/** The card to pay with: one on file by its id, or the one that was typed; null when the form has mistakes. */
const chosenCard = (ctx: Context, session: CheckoutSession, form: Reading): Chosen | null => {
  const saved = savedMethods(ctx, session).find((method) => method.id === form.typed.get('method'));
  if (saved !== undefined) {
    const email = saved.billing_details.email ?? emailOf(session);
    return { method: saved, billing: { ...saved.billing_details, email }, save: false };
  }
  const email = readEmailOf(session, form);
  const entry = readCard(form, ctx.clock.now());
  const billing = readBilling(session, form, email);
  if (entry === null || form.mistakes.size > 0) return null;
  const method = methodFromCard(ctx, entry.card, {
    expires: entry.expires,
    billing: { ...billing, address: billing.address ?? emptyAddress },
  });
  return { method, billing, save: offersToSave(session) && form.typed.get('save') === 'yes' };
};

const bankPage = (intent: { next_action: { redirect_to_url?: { url: string | null } | null } | null }) =>
  intent.next_action?.redirect_to_url?.url ?? '/';

/** Nothing to pay: no card is asked for. */
const sentFree = (c: Call, ctx: Context, session: CheckoutSession, form: Reading) => {
  const email = readEmailOf(session, form);
  if (form.mistakes.size > 0) return c.html(checkoutPage(ctx, session, { ...form, refusal: null }), 422);
  submitFree(ctx, session, { email, name: null, phone: null, tax_id: null, address: null });
  return c.redirect(successUrl(session), 303);
};

const sentCard = (c: Call, ctx: Context, session: CheckoutSession, form: Reading) => {
  const chosen = chosenCard(ctx, session, form);
  if (chosen === null) return c.html(checkoutPage(ctx, session, { ...form, refusal: null }), 422);
  const outcome = session.mode === 'setup' ? submitSetup(ctx, session, chosen) : submit(ctx, session, chosen);
  if (outcome.kind === 'succeeded') return c.redirect(successUrl(session), 303);
  if (outcome.kind === 'requires_action') {
    return c.redirect(bankPage(outcome.intent), 303);
  }
  const after = ctx.store.checkout_sessions.get(session.id) ?? session;
  return c.html(checkoutPage(ctx, after, refused(form.typed, outcome.error.message)), 402);
};

/** Takes a saved card away, where the session lets its customer do so. */
const removed = (c: Call, ctx: Context, session: CheckoutSession, id: string) => {
  const mayRemove = session.saved_payment_method_options?.payment_method_remove === 'enabled';
  const method = savedMethods(ctx, session).find((saved) => saved.id === id);
  if (mayRemove && method !== undefined) detachMethod(ctx, method);
  return c.redirect(`/c/pay/${session.id}`, 303);
};

const sent = async (c: Call, ctx: Context, asked: CheckoutSession) => {
  const form = reading(new URLSearchParams(await c.req.text()));
  // A second click finds the first one's payment and follows it.
  const session = ctx.store.checkout_sessions.get(asked.id) ?? asked;
  if (session.status === 'complete') return c.redirect(successUrl(session), 303);
  if (session.status !== 'open') return c.html(closedPage(ctx, session), 410);
  const card = form.typed.get('remove');
  if (card !== null) return removed(c, ctx, session, card);
  const isFree = session.mode === 'payment' && session.amount_total === 0;
  return isFree ? sentFree(c, ctx, session, form) : sentCard(c, ctx, session, form);
};

/** Why the last attempt failed, for who comes back from the bank's page. */
const failure = (c: Call, ctx: Context, session: CheckoutSession): string | null => {
  if (c.req.query('failed') === undefined) return null;
  const intent = ctx.store.payment_intents.get(session.payment_intent ?? '');
  const setup = ctx.store.setup_intents.get(session.setup_intent ?? '');
  return intent?.last_payment_error?.message ?? setup?.last_setup_error?.message ?? null;
};

export const mountCheckout = (app: Hono, world: World): void => {
  app.on(['GET', 'POST'], '/c/pay/:id', (c) => {
    const ctx = uncaused(world);
    const session = ctx.store.checkout_sessions.get(c.req.param('id'));
    if (session === null) return c.html(notice('Nothing here', 'This payment page does not exist.'), 404);
    if (c.req.method === 'POST') return sent(c, ctx, session);
    if (session.status !== 'open') return c.html(closedPage(ctx, session));
    const known = knownAddress(ctx.store.customers.get(session.customer ?? '')?.address);
    return c.html(checkoutPage(ctx, session, { ...untouched(known), refusal: failure(c, ctx, session) }));
  });
};
