import type { Context as Call, Hono } from 'hono';
import { html } from 'hono/html';

import { StripeError } from '../errors';
import { attemptSetup, createSetup } from '../intents/setups';
import type { Customer, PaymentMethod, PortalConfiguration, PortalSession } from '../objects';
import { configurationOf, portalByToken } from '../resources/billing-portal';
import { emptyAddress, keepCustomer, knownCustomer } from '../resources/customers';
import { detachMethod, methodFromCard } from '../resources/payment-methods';
import { createTaxId, deleteTaxId, taxIdsOf } from '../resources/tax-ids';
import { uncaused, type Context, type World } from '../world';
import { addressFields, cardFields, cardsToTry, field, isCountry, readCard, type Mistake } from './card-form';
import { day, document, money, notice } from './layout';
import { cardLabel } from './saved-cards';

type Portal = { session: PortalSession; customer: Customer; may: PortalConfiguration['features'] };
type Shown = { typed: URLSearchParams; mistake: Mistake | null };

const pathOf = ({ session }: Portal) => new URL(session.url).pathname;

const cardsOf = (ctx: Context, { customer }: Portal): PaymentMethod[] => [
  ...ctx.store.payment_methods.newestFirst(undefined, { by: 'customer', is: customer.id }),
];

const action = (portal: Portal, name: string, label: string, id: string) =>
  html`<form method="post" action="${pathOf(portal)}">
    <input type="hidden" name="id" value="${id}" />
    <button class="small second" name="do" value="${name}">${label}</button>
  </form>`;

const cards = (ctx: Context, portal: Portal) =>
  html`<section>
    <h2>Payment methods</h2>
    <ul class="lines">
      ${cardsOf(ctx, portal).map((method) => {
        const isDefault = portal.customer.invoice_settings.default_payment_method === method.id;
        return html`<li>
          <span>${cardLabel(method)}${isDefault ? html` <span class="quiet">Default</span>` : ''}</span>
          ${isDefault ? '' : action(portal, 'default', 'Make default', method.id)}
          ${action(portal, 'remove', 'Remove', method.id)}
        </li>`;
      })}
    </ul>
    <p><a href="${pathOf(portal)}?page=card">Add payment method</a></p>
  </section>`;

const details = (ctx: Context, portal: Portal) => {
  const { customer, may } = portal;
  const allowed = may.customer_update.allowed_updates;
  if (!may.customer_update.enabled) return '';
  return html`<section>
    <h2>Billing information</h2>
    <ul class="lines">
      <li><span>Name</span><span>${customer.name ?? 'None'}</span></li>
      <li><span>Email</span><span>${customer.email ?? 'None'}</span></li>
      <li>
        <span>Address</span
        ><span>${[customer.address?.postal_code, customer.address?.country].filter(Boolean).join(', ')}</span>
      </li>
    </ul>
    <p><a href="${pathOf(portal)}?page=details">Update information</a></p>
    ${
      allowed.includes('tax_id')
        ? html`<h2>Tax IDs</h2>
            <ul class="lines">
              ${taxIdsOf(ctx, customer.id).map(
                ({ id, type, value }) =>
                  html`<li>
                    <span>${type}</span><span>${value}</span>${action(portal, 'remove_tax_id', 'Remove', id)}
                  </li>`,
              )}
            </ul>
            <p><a href="${pathOf(portal)}?page=tax_id">Add tax ID</a></p>`
        : ''
    }
  </section>`;
};

const history = (ctx: Context, { customer }: Portal) => {
  const invoices = [...ctx.store.invoices.newestFirst(undefined, { by: 'customer', is: customer.id })];
  return html`<section>
    <h2>Invoice history</h2>
    <ul class="lines">
      ${invoices
        .filter(({ status }) => status !== 'draft')
        .map(
          (invoice) =>
            html`<li>
              <a href="${invoice.hosted_invoice_url}">${day(invoice.created)}</a>
              <span>${money(invoice.total, invoice.currency)}</span><span>${invoice.status}</span>
            </li>`,
        )}
    </ul>
  </section>`;
};

const backLink = (ctx: Context, { session }: Portal) =>
  session.return_url === null
    ? ''
    : html`<p><a href="${session.return_url}">Return to ${ctx.merchant.name}</a></p>`;

const home = (ctx: Context, portal: Portal) =>
  document(
    `Billing with ${ctx.merchant.name}`,
    html`<main class="narrow">
      ${backLink(ctx, portal)}
      <h1>Manage your billing with ${ctx.merchant.name}</h1>
      ${portal.may.payment_method_update.enabled ? cards(ctx, portal) : ''} ${details(ctx, portal)}
      ${portal.may.invoice_history.enabled ? history(ctx, portal) : ''}
    </main>`,
  );

const formPage = (
  ctx: Context,
  portal: Portal,
  {
    title,
    doing,
    label,
    fields,
    mistake,
  }: {
    title: string;
    doing: string;
    label: string;
    fields: ReturnType<typeof html>;
    mistake: Mistake | null;
  },
) =>
  document(
    title,
    html`<main class="narrow">
      ${backLink(ctx, portal)}
      <form class="card" method="post" action="${pathOf(portal)}" novalidate>
        <h1>${title}</h1>
        ${mistake === null ? '' : html`<p role="alert">${mistake.sentence}</p>`} ${fields}
        <button type="submit" name="do" value="${doing}">${label}</button>
      </form>
    </main>`,
  );

const cardPage = (ctx: Context, portal: Portal, { typed, mistake }: Shown) =>
  formPage(ctx, portal, {
    title: 'Add payment method',
    doing: 'add_card',
    label: 'Add card',
    mistake,
    fields: html`${cardFields(typed, mistake?.field ?? null)} ${cardsToTry()}`,
  });

const detailsPage = (ctx: Context, portal: Portal, { typed, mistake }: Shown) => {
  const { address, email, name, phone } = portal.customer;
  const wrong = mistake?.field ?? null;
  const known = new URLSearchParams({
    country: typed.get('country') ?? address?.country ?? 'US',
    postcode: typed.get('postcode') ?? address?.postal_code ?? '',
  });
  const one = (id: string, label: string, value: string | null | undefined, autocomplete: string) =>
    field({ id, label, value: typed.get(id) ?? value ?? '', autocomplete }, wrong);
  return formPage(ctx, portal, {
    title: 'Billing information',
    doing: 'save_details',
    label: 'Save',
    mistake,
    fields: html`${one('name', 'Name', name, 'name')} ${one('email', 'Email', email, 'email')}
    ${one('phone', 'Phone', phone, 'tel')} ${one('line1', 'Address', address?.line1, 'address-line1')}
    ${one('city', 'City', address?.city, 'address-level2')}
    ${one('state', 'State', address?.state, 'address-level1')} ${addressFields(known, wrong)}`,
  });
};

const taxIdPage = (ctx: Context, portal: Portal, { typed, mistake }: Shown) =>
  formPage(ctx, portal, {
    title: 'Add tax ID',
    doing: 'add_tax_id',
    label: 'Add',
    mistake,
    fields: html`${field(
      { id: 'type', label: 'Kind', value: typed.get('type') ?? 'eu_vat', autocomplete: 'off' },
      mistake?.field ?? null,
    )}
    ${field({ id: 'value', label: 'Tax ID', value: typed.get('value') ?? '', autocomplete: 'off' }, mistake?.field ?? null)}`,
  });

const setDefault = (ctx: Context, customer: Customer, method: string) =>
  keepCustomer(ctx, customer, {
    ...customer,
    invoice_settings: { ...customer.invoice_settings, default_payment_method: method },
  });

/** A new card was kept: the flow makes it the default and goes back to the app; the portal only if there was none. */
const afterCard = (c: Call, ctx: Context, portal: Portal, method: string) => {
  const { flow } = portal.session;
  const customer = knownCustomer(ctx, portal.customer.id);
  const isFlow = flow?.type === 'payment_method_update';
  if (isFlow || customer.invoice_settings.default_payment_method === null) setDefault(ctx, customer, method);
  const back = flow?.after_completion.redirect?.return_url;
  if (isFlow && back !== undefined) return c.redirect(back, 303);
  return c.redirect(`${pathOf(portal)}?page=home`, 303);
};

const addCard = (c: Call, ctx: Context, portal: Portal, typed: URLSearchParams) => {
  const entry = readCard(typed, ctx.clock.now());
  if ('sentence' in entry) return c.html(cardPage(ctx, portal, { typed, mistake: entry }), 422);
  const method = methodFromCard(ctx, entry.card, { expires: entry.expires });
  const setup = createSetup(ctx, { customer: portal.customer.id });
  const outcome = attemptSetup(ctx, setup, { method, returnUrl: portal.session.url, keep: 'always' });
  if (outcome.kind === 'succeeded') return afterCard(c, ctx, portal, method.id);
  if (outcome.kind === 'requires_action') {
    return c.redirect(outcome.intent.next_action?.redirect_to_url?.url ?? '/', 303);
  }
  const mistake = { field: 'number', sentence: outcome.error.message };
  return c.html(cardPage(ctx, portal, { typed, mistake }), 402);
};

const saveDetails = (c: Call, ctx: Context, portal: Portal, typed: URLSearchParams) => {
  const read = (name: string) => {
    const value = (typed.get(name) ?? '').trim();
    return value === '' ? null : value;
  };
  const email = read('email');
  const country = read('country') ?? '';
  const wrong =
    email === null || !/^[^\s@]+@[^\s@]+$/.test(email)
      ? { field: 'email', sentence: 'Enter your email address.' }
      : isCountry(country)
        ? null
        : { field: 'country', sentence: 'Choose your country.' };
  if (wrong !== null) return c.html(detailsPage(ctx, portal, { typed, mistake: wrong }), 422);
  const allowed = portal.may.customer_update.allowed_updates;
  const address = {
    ...emptyAddress,
    city: read('city'),
    country,
    line1: read('line1'),
    postal_code: read('postcode'),
    state: read('state'),
  };
  keepCustomer(ctx, portal.customer, {
    ...portal.customer,
    ...(allowed.includes('name') ? { name: read('name') } : {}),
    ...(allowed.includes('email') ? { email } : {}),
    ...(allowed.includes('phone') ? { phone: read('phone') } : {}),
    ...(allowed.includes('address') ? { address } : {}),
  });
  return c.redirect(`${pathOf(portal)}?page=home`, 303);
};

const addTaxId = (c: Call, ctx: Context, portal: Portal, typed: URLSearchParams) => {
  try {
    const wanted = { type: typed.get('type') ?? '', value: typed.get('value') ?? '' };
    createTaxId(ctx, portal.customer, wanted);
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    const mistake = { field: 'value', sentence: error.message };
    return c.html(taxIdPage(ctx, portal, { typed, mistake }), 422);
  }
  return c.redirect(`${pathOf(portal)}?page=home`, 303);
};

const sent = async (c: Call, ctx: Context, portal: Portal) => {
  const typed = new URLSearchParams(await c.req.text());
  const doing = typed.get('do');
  if (doing === 'add_card') return addCard(c, ctx, portal, typed);
  if (doing === 'save_details') return saveDetails(c, ctx, portal, typed);
  if (doing === 'add_tax_id') return addTaxId(c, ctx, portal, typed);
  const id = typed.get('id') ?? '';
  const method = cardsOf(ctx, portal).find((card) => card.id === id);
  const taxId = taxIdsOf(ctx, portal.customer.id).find((kept) => kept.id === id);
  if (doing === 'default' && method !== undefined) setDefault(ctx, portal.customer, method.id);
  if (doing === 'remove' && method !== undefined) detachMethod(ctx, method);
  if (doing === 'remove_tax_id' && taxId !== undefined) deleteTaxId(ctx, taxId);
  return c.redirect(`${pathOf(portal)}?page=home`, 303);
};

/** Back from the bank's page with a card that was kept, or with the reason why not. */
const returned = (c: Call, ctx: Context, portal: Portal) => {
  const setup = ctx.store.setup_intents.get(c.req.query('setup_intent') ?? '');
  if (setup === null || setup.customer !== portal.customer.id) return null;
  if (setup.status === 'succeeded' && setup.payment_method !== null) {
    return afterCard(c, ctx, portal, setup.payment_method);
  }
  const sentence = setup.last_setup_error?.message ?? 'Your card was not saved.';
  const mistake = { field: 'number', sentence };
  return c.html(cardPage(ctx, portal, { typed: new URLSearchParams(), mistake }));
};

const shown = (c: Call, ctx: Context, portal: Portal) => {
  const blank = { typed: new URLSearchParams(), mistake: null };
  const asked = c.req.query('page');
  const inFlow = asked === undefined ? portal.session.flow?.type : undefined;
  if (inFlow === 'payment_method_update' || asked === 'card') return c.html(cardPage(ctx, portal, blank));
  if (inFlow === 'customer_update' || asked === 'details') return c.html(detailsPage(ctx, portal, blank));
  return asked === 'tax_id' ? c.html(taxIdPage(ctx, portal, blank)) : c.html(home(ctx, portal));
};

export const mountPortal = (app: Hono, world: World): void => {
  app.on(['GET', 'POST'], '/p/session/:token', (c) => {
    const ctx = uncaused(world);
    c.header('Cache-Control', 'no-store');
    const session = portalByToken(ctx, c.req.param('token'));
    const customer = session === null ? null : ctx.store.customers.get(session.customer);
    if (session === null || customer === null) {
      return c.html(notice('This link has expired', 'Go back and open the portal again.'), 404);
    }
    const portal: Portal = { session, customer, may: configurationOf(ctx, session).features };
    if (c.req.method === 'POST') return sent(c, ctx, portal);
    return returned(c, ctx, portal) ?? shown(c, ctx, portal);
  });
};
