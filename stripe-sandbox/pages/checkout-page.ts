import { html } from 'hono/html';

import { offersToSave, savedMethods } from '../checkout/session';
import type { CheckoutSession, PaymentMethod } from '../objects';
import type { Context } from '../world';
import { cardFields, cardsToTry } from './card-form';
import {
  addressBeside,
  asksPlaceFirst,
  businessBeside,
  isTaxed,
  placeFields,
  placeSaid,
} from './checkout-place';
import { orderSummary, type TypedCode } from './checkout-summary';
import { checkbox, field, problem, titled, type Filled } from './fields';
import { document, notice } from './layout';
import { cardName, removal, savedChoices } from './saved-cards';
import { money } from './words';

/** A return address as its app gave it, with the session's id in place. */
const filledIn = (template: string, session: CheckoutSession) =>
  template.replaceAll('{CHECKOUT_SESSION_ID}', session.id);

/** Where a paid session sends its customer. */
export const successUrl = (session: CheckoutSession): string => filledIn(session.success_url ?? '/', session);

/** The email that the session knows already, which its customer cannot change. */
export const emailOf = (session: CheckoutSession) => session.customer_details?.email ?? null;

export const isFree = ({ mode, amount_total: amount }: CheckoutSession) => mode === 'payment' && amount === 0;

const backLink = ({ merchant }: Context, session: CheckoutSession) =>
  session.cancel_url === null
    ? ''
    : html`<p><a href="${filledIn(session.cancel_url, session)}">Back to ${merchant.name}</a></p>`;

const setupSummary = ({ merchant }: Context) =>
  html`<h1>Save a card with ${merchant.name}</h1>
    <p class="quiet">Nothing is charged now. ${merchant.name} may charge this card later.</p>`;

const verbs: Record<string, string> = { book: 'Book', donate: 'Donate', subscribe: 'Subscribe' };

const labelOf = ({ mode, amount_total: amount, currency, submit_type: type }: CheckoutSession): string => {
  if (mode === 'setup') return 'Save card';
  if (amount === 0) return 'Complete order';
  return `${verbs[type ?? ''] ?? 'Pay'} ${money(amount ?? 0, currency ?? 'usd')}`;
};

/** What the app wants said beside the button. */
const wordsOf = ({ custom_text: { submit } }: CheckoutSession) =>
  submit === null ? '' : html`<p class="quiet small">${submit.message}</p>`;

const pathOf = ({ id }: CheckoutSession) => `/c/pay/${id}`;

const REMOVING = 'remove-card';

/** Stands apart from the form that pays, so that Enter in a field never removes a card. */
const removeButton = (session: CheckoutSession) => (method: PaymentMethod) =>
  session.saved_payment_method_options?.payment_method_remove === 'enabled'
    ? removal(
        method,
        html`<button class="little second" form="${REMOVING}" name="remove" value="${method.id}">
          Remove ${cardName(method)}
        </button>`,
      )
    : '';

const payment = (ctx: Context, session: CheckoutSession, filled: Filled) =>
  html`${savedChoices(filled, savedMethods(ctx, session), removeButton(session))}
    <div class="new-card">
      ${cardFields(filled)} ${addressBeside(session, filled)}
      ${offersToSave(session) ? checkbox(filled, { id: 'save', label: 'Save card for later' }) : ''}
    </div>
    ${businessBeside(session, filled)}`;

const emailField = (session: CheckoutSession, filled: Filled) => {
  const email = emailOf(session);
  return email === null
    ? field(filled, { id: 'email', label: 'Email', type: 'email', autocomplete: 'email' })
    : html`<p><span class="quiet">Email</span><br />${email}</p>`;
};

/** `agreed` is the total that the button says: what is charged is never another. */
const payForm = (ctx: Context, session: CheckoutSession, filled: Filled) =>
  html`<form class="card" method="post" action="${pathOf(session)}" novalidate>
    <input type="hidden" name="agreed" value="${session.amount_total ?? ''}" />
    ${problem(filled)} ${isTaxed(session) ? placeSaid(ctx, session) : ''} ${emailField(session, filled)}
    ${isFree(session) ? '' : payment(ctx, session, filled)}
    <button type="submit">${labelOf(session)}</button>
    ${wordsOf(session)} ${isFree(session) ? '' : cardsToTry()}
  </form>`;

const placeForm = (session: CheckoutSession, filled: Filled) =>
  html`<form class="card" method="post" action="${pathOf(session)}" novalidate>
    <h2>Billing address</h2>
    <p class="quiet small">The tax follows it. You pay on the next page.</p>
    ${problem(filled)} ${placeFields(session, filled)}
    <button type="submit" name="do" value="place">Continue to payment</button>
  </form>`;

export type Shown = { filled: Filled; typedCode?: TypedCode | null; asksPlace?: boolean };

export const checkoutPage = (ctx: Context, session: CheckoutSession, shown: Shown) => {
  const { filled, typedCode = null } = shown;
  const asksPlace = isTaxed(session) && (shown.asksPlace === true || asksPlaceFirst(ctx, session));
  const title =
    session.mode === 'setup' ? `Save a card with ${ctx.merchant.name}` : `Pay ${ctx.merchant.name}`;
  return document(
    typedCode === null ? titled(title, filled) : `Error: ${title}`,
    html`<main>
      <div class="columns">
        <section aria-label="What is paid for">
          ${backLink(ctx, session)}
          ${session.mode === 'setup' ? setupSummary(ctx) : orderSummary(ctx, session, typedCode)}
        </section>
        ${asksPlace ? placeForm(session, filled) : payForm(ctx, session, filled)}
      </div>
      <form id="${REMOVING}" method="post" action="${pathOf(session)}"></form>
    </main>`,
  );
};

/** A session that takes no more payments says so and shows the way back. */
export const closedPage = (ctx: Context, session: CheckoutSession) => {
  const text = `Back to ${ctx.merchant.name}`;
  const way = (url: string | null) => (url === null ? null : { href: filledIn(url, session), text });
  if (session.status !== 'complete') {
    const sentence = 'It takes no more payments. Go back and start again.';
    return notice('This page has expired', sentence, way(session.cancel_url));
  }
  if (session.payment_status === 'unpaid') {
    const sentence = 'The order is made; your bank has yet to send the money.';
    return notice('Your payment is on its way', sentence, way(session.success_url));
  }
  return session.mode === 'setup'
    ? notice('Your card is saved', 'There is nothing more to do here.', way(session.success_url))
    : notice('This payment is complete', 'You have paid, and nothing more is due.', way(session.success_url));
};
