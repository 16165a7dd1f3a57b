import { html } from 'hono/html';

import type { Customer, Invoice, PaymentMethod, PortalConfiguration, PortalSession } from '../objects';
import { taxIdsOf } from '../resources/tax-ids';
import type { Context } from '../world';
import { addressFields, addressLines, knownAddress } from './address-form';
import { cardFields, cardsToTry } from './card-form';
import { field, problem, titled, untouched, type Filled } from './fields';
import { document, facts, status, type Html, type Tone } from './layout';
import { cardLabel, cardName, removal } from './saved-cards';
import { taxIdFields, taxIdName } from './tax-id-form';
import { day, money, spoken } from './words';

export type Portal = {
  session: PortalSession;
  customer: Customer;
  configuration: PortalConfiguration;
  may: PortalConfiguration['features'];
};

export const pathOf = ({ session }: Portal) => new URL(session.url).pathname;

export const cardsOf = (ctx: Context, { customer }: Portal): PaymentMethod[] => [
  ...ctx.store.payment_methods.newestFirst(undefined, { by: 'customer', is: customer.id }),
];

/** What of a customer this portal lets them change. */
export const allows = ({ may }: Portal, what: 'name' | 'email' | 'phone' | 'address' | 'tax_id'): boolean =>
  may.customer_update.enabled && may.customer_update.allowed_updates.includes(what);

const allowsDetails = (portal: Portal) =>
  (['name', 'email', 'phone', 'address'] as const).some((what) => allows(portal, what));

type Deed = { does: string; label: string; to: string; id: string };

/** One button, whose name says to whom it is done: there are several of its kind. */
const deed = (portal: Portal, { does, label, to, id }: Deed) =>
  html`<form method="post" action="${pathOf(portal)}">
    <input type="hidden" name="id" value="${id}" />
    <button class="little second" name="do" value="${does}" aria-label="${label}: ${to}">${label}</button>
  </form>`;

const isExpired = (ctx: Context, { card }: PaymentMethod) =>
  card !== undefined && ctx.clock.now() >= Date.UTC(card.exp_year, card.exp_month);

const cards = (ctx: Context, portal: Portal) => {
  const standard = portal.customer.invoice_settings.default_payment_method;
  return html`<section>
    <h2>Payment methods</h2>
    <ul class="lines cards">
      ${cardsOf(ctx, portal).map(
        (method) =>
          html`<li>
            <span>
              ${cardLabel(method)} ${method.id === standard ? status('Default', 'good') : ''}
              ${isExpired(ctx, method) ? status('Expired', 'alarm') : ''}
            </span>
            <span class="actions">
              ${
                method.id === standard
                  ? ''
                  : deed(portal, {
                      does: 'default',
                      label: 'Make default',
                      to: cardName(method),
                      id: method.id,
                    })
              }
              ${removal(method, deed(portal, { does: 'remove', label: 'Remove card', to: cardName(method), id: method.id }))}
            </span>
          </li>`,
      )}
    </ul>
    ${cardsOf(ctx, portal).length === 0 ? html`<p class="quiet">No card is kept here.</p>` : ''}
    <p><a href="${pathOf(portal)}?page=card">Add payment method</a></p>
  </section>`;
};

const details = (portal: Portal) => {
  const { address, email, name, phone } = portal.customer;
  return html`<section>
    <h2>Billing information</h2>
    ${facts([
      ['Name', name ?? 'None'],
      ['Email', email ?? 'None'],
      ['Phone', phone ?? null],
      ['Address', addressLines(address).join('\n') || 'None'],
    ])}
    ${allowsDetails(portal) ? html`<p><a href="${pathOf(portal)}?page=details">Update information</a></p>` : ''}
  </section>`;
};

const taxIds = (ctx: Context, portal: Portal) =>
  html`<section>
    <h2>Tax IDs</h2>
    <ul class="lines cards">
      ${taxIdsOf(ctx, portal.customer.id).map(
        ({ id, type, value }) =>
          html`<li>
            <span>${taxIdName(type)} ${value}</span>
            ${deed(portal, { does: 'remove_tax_id', label: 'Remove', to: value, id })}
          </li>`,
      )}
    </ul>
    <p><a href="${pathOf(portal)}?page=tax_id">Add tax ID</a></p>
  </section>`;

const tones: Record<string, Tone> = { paid: 'good', open: 'warn', uncollectible: 'alarm' };

const invoiceRow = (invoice: Invoice) => {
  const state = invoice.status ?? '';
  return html`<li>
    <span>
      <a href="${invoice.hosted_invoice_url}">${day(invoice.created)}</a><br />
      <span class="quiet small">${invoice.number}</span>
    </span>
    <span class="actions">
      ${status(spoken(state), tones[state] ?? 'calm')}
      <span class="amount">${money(invoice.total, invoice.currency)}</span>
      <a href="${invoice.invoice_pdf}" aria-label="PDF of invoice ${invoice.number}">PDF</a>
    </span>
  </li>`;
};

/** As many as a page shows before it is asked for all. */
const FIRST_INVOICES = 12;

const history = (ctx: Context, portal: Portal, isWhole: boolean) => {
  const among = { by: 'customer', is: portal.customer.id };
  const all = [...ctx.store.invoices.newestFirst(undefined, among)].filter((kept) => kept.status !== 'draft');
  const shown = isWhole ? all : all.slice(0, FIRST_INVOICES);
  return html`<section>
    <h2>Invoice history</h2>
    ${all.length === 0 ? html`<p class="quiet">No invoices yet.</p>` : ''}
    <ul class="lines cards">
      ${shown.map(invoiceRow)}
    </ul>
    ${
      shown.length === all.length
        ? ''
        : html`<p><a href="${pathOf(portal)}?page=invoices">Show all ${all.length} invoices</a></p>`
    }
  </section>`;
};

const backLink = (ctx: Context, { session }: Portal) =>
  session.return_url === null
    ? ''
    : html`<p><a href="${session.return_url}">Return to ${ctx.merchant.name}</a></p>`;

const terms = ({ configuration }: Portal) => {
  const { privacy_policy_url: privacy, terms_of_service_url: service } = configuration.business_profile;
  return html`<p class="actions small">
    ${service === null ? '' : html`<a href="${service}">Terms of service</a>`}
    ${privacy === null ? '' : html`<a href="${privacy}">Privacy policy</a>`}
  </p>`;
};

const said = new Map([
  ['card', 'Your card was added.'],
  ['default', 'This card is charged from now on.'],
  ['remove', 'The card was removed.'],
  ['details', 'Your billing information was saved.'],
  ['tax_id', 'Your tax ID was added.'],
  ['remove_tax_id', 'The tax ID was removed.'],
]);

/** The whole portal, with a sentence about what was just done in it. */
export const home = (ctx: Context, portal: Portal, done: string, isWhole: boolean) => {
  const sentence = said.get(done);
  const title = `Manage your billing with ${ctx.merchant.name}`;
  const { headline } = portal.configuration.business_profile;
  return document(
    title,
    html`<main class="narrow">
      ${backLink(ctx, portal)}
      <div>
        <h1>${title}</h1>
        ${headline === null ? '' : html`<p class="quiet">${headline}</p>`}
      </div>
      ${sentence === undefined ? '' : html`<p role="status">${sentence}</p>`}
      <div class="card">
        ${portal.may.payment_method_update.enabled ? cards(ctx, portal) : ''}
        ${portal.may.customer_update.enabled ? details(portal) : ''}
        ${allows(portal, 'tax_id') ? taxIds(ctx, portal) : ''}
        ${portal.may.invoice_history.enabled ? history(ctx, portal, isWhole) : ''}
      </div>
      ${terms(portal)}
    </main>`,
  );
};

type Form = { title: string; doing: string; label: string; filled: Filled; fields: Html };

const formPage = (ctx: Context, portal: Portal, { title, doing, label, filled, fields }: Form) =>
  document(
    titled(title, filled),
    html`<main class="narrow">
      ${portal.session.flow === null ? html`<p><a href="${pathOf(portal)}?page=home">Back</a></p>` : backLink(ctx, portal)}
      <form class="card" method="post" action="${pathOf(portal)}" novalidate>
        <h1>${title}</h1>
        ${problem(filled)} ${fields}
        <button type="submit" name="do" value="${doing}">${label}</button>
      </form>
    </main>`,
  );

export const cardPage = (ctx: Context, portal: Portal, filled: Filled = untouched()) =>
  formPage(ctx, portal, {
    title: 'Add payment method',
    doing: 'add_card',
    label: 'Add card',
    filled,
    fields: html`<p class="quiet">Nothing is charged now. ${ctx.merchant.name} may charge this card later.</p>
      ${cardFields(filled)} ${cardsToTry()}`,
  });

const knownDetails = ({ customer: { address, email, name, phone } }: Portal): Filled =>
  untouched({ name: name ?? '', email: email ?? '', phone: phone ?? '', ...knownAddress(address) });

export const detailsPage = (ctx: Context, portal: Portal, filled: Filled = knownDetails(portal)) => {
  const one = (
    id: 'name' | 'email' | 'phone',
    label: string,
    autocomplete: string,
    type: 'text' | 'email' | 'tel',
  ) =>
    allows(portal, id)
      ? field(filled, { id, label, autocomplete, type, ...(id === 'email' ? {} : { aside: 'optional' }) })
      : '';
  return formPage(ctx, portal, {
    title: 'Billing information',
    doing: 'save_details',
    label: 'Save',
    filled,
    fields: html`${one('name', 'Name', 'name', 'text')} ${one('email', 'Email', 'email', 'email')}
    ${one('phone', 'Phone', 'tel', 'tel')} ${allows(portal, 'address') ? addressFields(filled) : ''}`,
  });
};

export const taxIdPage = (ctx: Context, portal: Portal, filled: Filled = untouched()) =>
  formPage(ctx, portal, {
    title: 'Add tax ID',
    doing: 'add_tax_id',
    label: 'Add',
    filled,
    fields: taxIdFields(filled),
  });
