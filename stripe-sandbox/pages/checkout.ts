import type { Context as Call, Hono } from 'hono';

import { enterCode, leaveCode, locate } from '../checkout/amounts';
import { offersToSave, savedMethods } from '../checkout/session';
import { submit, submitFree, submitSetup } from '../checkout/submission';
import type { BillingDetails, CheckoutSession, PaymentMethod } from '../objects';
import { emptyAddress } from '../resources/customers';
import { detachMethod, methodFromCard } from '../resources/payment-methods';
import type { Place } from '../store';
import { uncaused, type Context, type World } from '../world';
import { knownAddress } from './address-form';
import { readCard } from './card-form';
import { checkoutPage, closedPage, emailOf, isFree, successUrl, type Shown } from './checkout-page';
import { addressOf, asksPlaceFirst, knownPlace, placeAlone, placeIsSaid, readPlace } from './checkout-place';
import {
  askedAgain,
  mistaken,
  readEmail,
  reading,
  refused,
  typedIn,
  untouched,
  type Reading,
} from './fields';
import { notice } from './layout';
import { money } from './words';

type Sent = { c: Call; ctx: Context; session: CheckoutSession; form: Reading };
type Chosen = { method: PaymentMethod; billing: BillingDetails; save: boolean; place: Partial<Place> };

const pathOf = ({ id }: CheckoutSession) => `/c/pay/${id}`;

const shownAgain = ({ c, ctx, session }: Sent, shown: Shown, status: 402 | 409 | 422) =>
  c.html(checkoutPage(ctx, ctx.store.checkout_sessions.get(session.id) ?? session, shown), status);

const withMistakes = (sent: Sent, more: Partial<Shown> = {}) =>
  shownAgain(sent, { filled: mistaken(sent.form), ...more }, 422);

const readEmailOf = ({ session, form }: Sent) => emailOf(session) ?? readEmail(form);

const savedCard = ({ ctx, session, form }: Sent, method: PaymentMethod): Chosen => {
  const { address: itsAddress, email } = method.billing_details;
  const place = readPlace(ctx, session, form, typeof itsAddress?.country === 'string' ? itsAddress : null);
  const billing = {
    ...method.billing_details,
    email: email ?? emailOf(session),
    address: place.address ?? itsAddress,
  };
  return { method, billing, save: false, place };
};

const newCard = (sent: Sent): Chosen | null => {
  const { ctx, session, form } = sent;
  const email = readEmailOf(sent);
  const entry = readCard(form, ctx.clock.now());
  const place = readPlace(ctx, session, form);
  if (entry === null || form.mistakes.size > 0) return null;
  const { address = null } = place;
  const billing = { email, name: typedIn(form, 'name') || null, phone: null, tax_id: null, address };
  const method = methodFromCard(ctx, entry.card, {
    expires: entry.expires,
    billing: { ...billing, address: address ?? emptyAddress },
  });
  return { method, billing, save: offersToSave(session) && form.typed.get('save') === 'yes', place };
};

/** The card to pay with: one on file by its id, or the one that was typed; null when the form has mistakes. */
const chosenCard = (sent: Sent): Chosen | null => {
  const { ctx, session, form } = sent;
  const saved = savedMethods(ctx, session).find((method) => method.id === form.typed.get('method'));
  const chosen = saved === undefined ? newCard(sent) : savedCard(sent, saved);
  return form.mistakes.size > 0 ? null : chosen;
};

/** The session where its buyer said to be: what is charged is what its button said, or nothing. */
const agreedOn = ({ ctx, session, form }: Sent, place: Partial<Place>): CheckoutSession | null => {
  if (session.mode === 'setup') return session;
  const located = locate(ctx, session, place);
  const agreed = form.typed.get('agreed');
  return agreed === null || agreed === `${located.amount_total}` ? located : null;
};

const otherTotal = (sent: Sent) => {
  const { ctx, form, session } = sent;
  const { amount_total: total, currency } = ctx.store.checkout_sessions.get(session.id) ?? session;
  const price = money(total ?? 0, currency ?? 'usd');
  const news = `The total is ${price} now. Nothing was charged: look again, and pay.`;
  return shownAgain(sent, { filled: askedAgain(form.typed, news) }, 409);
};

/** Nothing to pay: no card is asked for. */
const sentFree = (sent: Sent) => {
  const { c, ctx, form, session } = sent;
  const email = readEmailOf(sent);
  const place = readPlace(ctx, session, form);
  if (form.mistakes.size > 0) return withMistakes(sent);
  const agreed = agreedOn(sent, place);
  if (agreed === null) return otherTotal(sent);
  const name = typedIn(form, 'name') || null;
  submitFree(ctx, agreed, { email, name, phone: null, tax_id: null, address: place.address ?? null });
  return c.redirect(successUrl(session), 303);
};

/** A place that was said well is kept, so that only what is wrong is asked for again. */
const notChosen = (sent: Sent) => {
  const { ctx, session, form } = sent;
  if (session.mode === 'payment' && placeIsSaid(form)) {
    locate(ctx, session, readPlace(ctx, session, form));
    return withMistakes(sent);
  }
  return asksPlaceFirst(ctx, session)
    ? withMistakes({ ...sent, form: placeAlone(form) })
    : withMistakes(sent);
};

const sentCard = (sent: Sent) => {
  const { c, ctx, session, form } = sent;
  const chosen = chosenCard(sent);
  if (chosen === null) return notChosen(sent);
  const agreed = agreedOn(sent, chosen.place);
  if (agreed === null) return otherTotal(sent);
  const outcome = session.mode === 'setup' ? submitSetup(ctx, agreed, chosen) : submit(ctx, agreed, chosen);
  if (outcome.kind === 'succeeded') return c.redirect(successUrl(session), 303);
  if (outcome.kind === 'requires_action') {
    return c.redirect(outcome.intent.next_action?.redirect_to_url?.url ?? '/', 303);
  }
  return shownAgain(sent, { filled: refused(form.typed, outcome.error.message) }, 402);
};

/** Where the buyer is, before they see what is to be paid. */
const sentPlace = (sent: Sent) => {
  const { c, ctx, session, form } = sent;
  const place = readPlace(ctx, session, form);
  if (form.mistakes.size > 0) return withMistakes(sent, { asksPlace: true });
  locate(ctx, session, place);
  return c.redirect(pathOf(session), 303);
};

const sentCode = (sent: Sent) => {
  const { c, ctx, session, form } = sent;
  const code = typedIn(form, 'code');
  const entered = code === '' ? 'Enter a promotion code.' : enterCode(ctx, session, code);
  if (typeof entered !== 'string') return c.redirect(pathOf(session), 303);
  return shownAgain(sent, { filled: blank(ctx, session), typedCode: { code, refusal: entered } }, 422);
};

/** Takes a saved card away, where the session lets its customer do so. */
const removed = ({ c, ctx, session }: Sent, id: string) => {
  const mayRemove = session.saved_payment_method_options?.payment_method_remove === 'enabled';
  const method = savedMethods(ctx, session).find((saved) => saved.id === id);
  if (mayRemove && method !== undefined) detachMethod(ctx, method);
  return c.redirect(pathOf(session), 303);
};

const sent = async (c: Call, ctx: Context, asked: CheckoutSession) => {
  const form = reading(new URLSearchParams(await c.req.text()));
  // A second click finds the first one's payment and follows it.
  const session = ctx.store.checkout_sessions.get(asked.id) ?? asked;
  if (session.status === 'complete') return c.redirect(successUrl(session), 303);
  if (session.status !== 'open') return c.html(closedPage(ctx, session), 410);
  const it: Sent = { c, ctx, session, form };
  const card = form.typed.get('remove');
  if (card !== null) return removed(it, card);
  const doing = form.typed.get('do');
  if (doing === 'code') return sentCode(it);
  if (doing === 'place') return sentPlace(it);
  if (doing === 'leave_code') {
    leaveCode(ctx, session);
    return c.redirect(pathOf(session), 303);
  }
  return isFree(session) ? sentFree(it) : sentCard(it);
};

const blank = (ctx: Context, session: CheckoutSession) => {
  const address = addressOf(ctx, session) ?? ctx.store.customers.get(session.customer ?? '')?.address;
  return untouched({ ...knownAddress(address), ...knownPlace(ctx, session) });
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
    const filled = { ...blank(ctx, session), refusal: failure(c, ctx, session) };
    const asksPlace = c.req.query('step') === 'address';
    return c.html(checkoutPage(ctx, session, { filled, asksPlace }));
  });
};
