import { html } from 'hono/html';

import { faultSays } from '../../levers';
import type { Fault } from '../../world';
import { choose, lever, section, type View } from './frame';

const faultWords: Record<Fault['fault'], string> = {
  timeout_before: 'Time out, nothing done',
  drop_after_commit: 'Time out, and done all the same',
  '409': '409: one is running already',
  '429': '429: locked',
  rate_limit: '429: too many requests',
  '500': '500: Stripe is broken',
  slow: 'Slow',
};
const faultOptions = Object.entries(faultWords).map(([value, text]) => ({ value, text }));
const methods = ['*', 'GET', 'POST', 'DELETE'].map((value) => ({
  value,
  text: value === '*' ? 'Any' : value,
}));

/** Requests that an app makes often, to choose from while typing a path. */
const paths = [
  '/v1/*',
  '/v1/checkout/sessions',
  '/v1/checkout/sessions/*',
  '/v1/customers',
  '/v1/invoices',
  '/v1/invoices/*/finalize',
  '/v1/invoices/*/pay',
  '/v1/payment_intents/*/confirm',
  '/v1/refunds',
  '/v1/credit_notes',
  '/v1/events',
];

/** Lays a fault in wait for requests whose path is like `path`. */
export const faultLever = (view: View, path: string) =>
  lever(view, 'faults', {
    label: 'Lie in wait',
    inner: html`<label>Request ${choose('method', 'Method', methods, '*')}</label>
      <label>Path (* for any)<input name="path" list="paths" value="${path}" size="28" /></label>
      <datalist id="paths">${paths.map((one) => html`<option value="${one}"></option>`)}</datalist>
      <label>Goes wrong like this ${choose('fault', 'Fault', faultOptions, '500')}</label>
      <label>Times<input name="times" inputmode="numeric" value="1" size="3" /></label>
      <label>If slow, by ms<input name="delayMs" inputmode="numeric" value="3000" size="6" /></label>`,
  });

export const faults = (view: View) =>
  section(
    'faults',
    'Faults',
    'What the app asks of Stripe goes wrong, once or more often. A path may name one object: /v1/invoices/in_…/pay.',
    html`${faultLever(view, '/v1/*')}
      <ul class="lines">
        ${view.world.faults.map((fault) => html`<li><span>${faultSays(fault)}</span></li>`)}
      </ul>
      ${
        view.world.faults.length === 0
          ? html`<p class="quiet small">None lies in wait.</p>`
          : lever(view, 'faults/clear', { label: 'Take all away' })
      }`,
  );
