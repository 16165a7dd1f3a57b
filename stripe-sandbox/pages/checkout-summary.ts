import { html } from 'hono/html';

import { detailsOf } from '../checkout/session';
import type { CheckoutSession } from '../objects';
import { totalDiscounts } from '../reckoning';
import { totalTaxes } from '../tax';
import type { Context } from '../world';
import { discountName, taxSums, type Sum } from './bill';
import { asksPlaceFirst } from './checkout-place';
import { sum } from './layout';
import { money } from './words';

/** What was typed into the promotion code box, and why it was not taken. */
export type TypedCode = { code: string; refusal: string };

/** From the lines to the total: what is taken off, and the tax in or on what is left. */
const sumsOf = (ctx: Context, session: CheckoutSession): Sum[] => {
  const currency = session.currency ?? 'usd';
  const kept = detailsOf(ctx, session).lines.flatMap(({ id }) => ctx.store.line_details.get(id) ?? []);
  const off = totalDiscounts(kept).map(({ discount, amount }) => ({
    name: discountName(ctx, discount),
    amount: money(-amount, currency),
  }));
  const taxes = asksPlaceFirst(ctx, session)
    ? [{ name: 'Tax', amount: 'follows your address' }]
    : taxSums(ctx, totalTaxes(kept.flatMap((line) => line.taxes)), currency);
  const between = [...off, ...taxes];
  return between.length === 0
    ? []
    : [{ name: 'Subtotal', amount: money(session.amount_subtotal ?? 0, currency) }, ...between];
};

const codeForm = ({ id, discounts }: CheckoutSession, typed: TypedCode | null) => {
  if ((discounts ?? []).length > 0) {
    return html`<form class="code" method="post" action="/c/pay/${id}">
      <button class="little second" name="do" value="leave_code">Remove promotion code</button>
    </form>`;
  }
  return html`<form class="code" method="post" action="/c/pay/${id}" novalidate>
    <div class="beside">
      <div class="field">
        <label for="code">Promotion code</label>
        <input
          id="code"
          name="code"
          value="${typed?.code ?? ''}"
          autocomplete="off"
          autocapitalize="characters"
          ${typed === null ? '' : html`aria-invalid="true" aria-describedby="code-mistake" autofocus`}
        />
      </div>
      <button class="second" name="do" value="code">Apply</button>
    </div>
    ${typed === null ? '' : html`<p class="mistake" id="code-mistake">${typed.refusal}</p>`}
  </form>`;
};

/** What is bought and what it comes to. */
export const orderSummary = (ctx: Context, session: CheckoutSession, typed: TypedCode | null) => {
  const currency = session.currency ?? 'usd';
  const total = money(session.amount_total ?? 0, currency);
  return html`<h1>Pay ${ctx.merchant.name}</h1>
    <p class="total">${total}</p>
    <ul class="lines">
      ${detailsOf(ctx, session).lines.map(
        ({ description, quantity, amount_subtotal: amount }) =>
          html`<li>
            <span
              >${description}${(quantity ?? 1) > 1 ? html` <span class="quiet">× ${quantity}</span>` : ''}</span
            >
            <span class="amount">${money(amount, currency)}</span>
          </li>`,
      )}
    </ul>
    ${sumsOf(ctx, session).map(({ name, amount }) => sum(name, amount))}
    ${session.allow_promotion_codes === true ? codeForm(session, typed) : ''} ${sum('Total due', total, true)}`;
};
