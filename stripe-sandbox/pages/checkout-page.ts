import { html } from 'hono/html';

import { detailsOf, offersToSave, savedMethods } from '../checkout/session';
import type { CheckoutSession, PaymentMethod } from '../objects';
import type { Context } from '../world';
import { addressFields } from './address-form';
import { cardFields, cardsToTry } from './card-form';
import { checkbox, field, problem, titled, type Filled } from './fields';
import { document, notice, sum } from './layout';
import { cardName, removal, savedChoices } from './saved-cards';
import { money } from './words';

/** A return address as its app gave it, with the session's id in place. */
const filledIn = (template: string, session: CheckoutSession) =>
  template.replaceAll('{CHECKOUT_SESSION_ID}', session.id);

/** Where a paid session sends its customer. */
export const successUrl = (session: CheckoutSession): string => filledIn(session.success_url ?? '/', session);

/** The email that the session knows already, which its customer cannot change. */
export const emailOf = (session: CheckoutSession) => session.customer_details?.email ?? null;

const backLink = ({ merchant }: Context, session: CheckoutSession) =>
  session.cancel_url === null
    ? ''
    : html`<p><a href="${filledIn(session.cancel_url, session)}">Back to ${merchant.name}</a></p>`;

const setupSummary = (ctx: Context, session: CheckoutSession) =>
  html`<section>
    ${backLink(ctx, session)}
    <h1>Save a card with ${ctx.merchant.name}</h1>
    <p class="quiet">Nothing is charged now. ${ctx.merchant.name} may charge this card later.</p>
  </section>`;

const orderSummary = (ctx: Context, session: CheckoutSession) => {
  const currency = session.currency ?? 'usd';
  const total = money(session.amount_total ?? 0, currency);
  return html`<section>
    ${backLink(ctx, session)}
    <h1>Pay ${ctx.merchant.name}</h1>
    <p class="total">${total}</p>
    <ul class="lines">
      ${detailsOf(ctx, session).lines.map(
        (line) =>
          html`<li>
            <span
              >${line.description}${(line.quantity ?? 1) > 1 ? html` <span class="quiet">× ${line.quantity}</span>` : ''}</span
            >
            <span class="amount">${money(line.amount_subtotal, currency)}</span>
          </li>`,
      )}
    </ul>
    ${sum('Total due', total, true)}
  </section>`;
};

const labelOf = ({ mode, amount_total: amount, currency }: CheckoutSession): string => {
  if (mode === 'setup') return 'Save card';
  return amount === 0 ? 'Complete order' : `Pay ${money(amount ?? 0, currency ?? 'usd')}`;
};

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
      ${cardFields(filled)} ${session.billing_address_collection === 'required' ? addressFields(filled) : ''}
      ${offersToSave(session) ? checkbox(filled, { id: 'save', label: 'Save card for later' }) : ''}
    </div>`;

const form = (ctx: Context, session: CheckoutSession, filled: Filled) => {
  const email = emailOf(session);
  const isFree = session.mode === 'payment' && session.amount_total === 0;
  return html`<form class="card" method="post" action="${pathOf(session)}" novalidate>
    ${problem(filled)}
    ${
      email === null
        ? field(filled, { id: 'email', label: 'Email', type: 'email', autocomplete: 'email' })
        : html`<p><span class="quiet">Email</span><br />${email}</p>`
    }
    ${isFree ? '' : payment(ctx, session, filled)}
    <button type="submit">${labelOf(session)}</button>
    ${isFree ? '' : cardsToTry()}
  </form>`;
};

export const checkoutPage = (ctx: Context, session: CheckoutSession, filled: Filled) => {
  const isSetup = session.mode === 'setup';
  return document(
    titled(isSetup ? `Save a card with ${ctx.merchant.name}` : `Pay ${ctx.merchant.name}`, filled),
    html`<main>
      <div class="columns">
        ${isSetup ? setupSummary(ctx, session) : orderSummary(ctx, session)} ${form(ctx, session, filled)}
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
    return notice(
      'This page has expired',
      'It takes no more payments. Go back and start again.',
      way(session.cancel_url),
    );
  }
  return session.mode === 'setup'
    ? notice('Your card is saved', 'There is nothing more to do here.', way(session.success_url))
    : notice('This payment is complete', 'You have paid, and nothing more is due.', way(session.success_url));
};
