import type { Context as Call, Hono } from 'hono';

import { attemptSetup, createSetup } from '../intents/setups';
import type { Customer } from '../objects';
import { configurationOf, portalByToken } from '../resources/billing-portal';
import { keepCustomer, knownCustomer } from '../resources/customers';
import { detachMethod, methodFromCard } from '../resources/payment-methods';
import { createTaxId, deleteTaxId, taxIdsOf } from '../resources/tax-ids';
import { uncaused, type Context, type World } from '../world';
import { readAddress } from './address-form';
import { readCard } from './card-form';
import { mistaken, readEmail, reading, refused, typedIn } from './fields';
import { notice } from './layout';
import { allows, cardPage, cardsOf, detailsPage, home, pathOf, taxIdPage, type Portal } from './portal-pages';
import { typedTaxId } from './tax-id-form';

const setDefault = (ctx: Context, customer: Customer, method: string) =>
  keepCustomer(ctx, customer, {
    ...customer,
    invoice_settings: { ...customer.invoice_settings, default_payment_method: method },
  });

const toHome = (c: Call, portal: Portal, done: string) =>
  c.redirect(`${pathOf(portal)}?page=home&done=${done}`, 303);

/** The one thing that a flow was opened for is done: back to the app, a word about it, or the whole portal. */
const finished = (c: Call, ctx: Context, portal: Portal, done: 'card' | 'details') => {
  const { flow, return_url: home } = portal.session;
  const isIt = flow?.type === (done === 'card' ? 'payment_method_update' : 'customer_update');
  const { redirect, hosted_confirmation: confirmation } = flow?.after_completion ?? {};
  if (isIt && redirect !== undefined && redirect !== null) return c.redirect(redirect.return_url, 303);
  if (!isIt || confirmation === undefined || confirmation === null) return toHome(c, portal, done);
  const way = home === null ? null : { href: home, text: `Return to ${ctx.merchant.name}` };
  return c.html(
    notice('Your changes are saved', confirmation.custom_message ?? 'There is nothing more to do here.', way),
  );
};

/** A new card was kept: the flow makes it the default, the portal only if there was none. */
const afterCard = (c: Call, ctx: Context, portal: Portal, method: string) => {
  const customer = knownCustomer(ctx, portal.customer.id);
  const isFlow = portal.session.flow?.type === 'payment_method_update';
  if (isFlow || customer.invoice_settings.default_payment_method === null) setDefault(ctx, customer, method);
  return finished(c, ctx, portal, 'card');
};

const addCard = (c: Call, ctx: Context, portal: Portal, typed: URLSearchParams) => {
  const form = reading(typed);
  const entry = readCard(form, ctx.clock.now());
  if (entry === null || form.mistakes.size > 0) {
    return c.html(cardPage(ctx, portal, mistaken(form)), 422);
  }
  const method = methodFromCard(ctx, entry.card, { expires: entry.expires });
  const setup = createSetup(ctx, { customer: portal.customer.id });
  const outcome = attemptSetup(ctx, setup, { method, returnUrl: portal.session.url, keep: 'always' });
  if (outcome.kind === 'succeeded') return afterCard(c, ctx, portal, method.id);
  if (outcome.kind === 'requires_action') {
    return c.redirect(outcome.intent.next_action?.redirect_to_url?.url ?? '/', 303);
  }
  return c.html(cardPage(ctx, portal, refused(typed, outcome.error.message)), 402);
};

const saveDetails = (c: Call, ctx: Context, portal: Portal, typed: URLSearchParams) => {
  const form = reading(typed);
  const or = (name: 'name' | 'phone') => typedIn(form, name) || null;
  const changes = {
    ...(allows(portal, 'name') ? { name: or('name') } : {}),
    ...(allows(portal, 'email') ? { email: readEmail(form) } : {}),
    ...(allows(portal, 'phone') ? { phone: or('phone') } : {}),
    ...(allows(portal, 'address') ? { address: readAddress(form) } : {}),
  };
  if (form.mistakes.size > 0) return c.html(detailsPage(ctx, portal, mistaken(form)), 422);
  keepCustomer(ctx, portal.customer, { ...portal.customer, ...changes });
  return finished(c, ctx, portal, 'details');
};

const addTaxId = (c: Call, ctx: Context, portal: Portal, typed: URLSearchParams) => {
  const form = reading(typed);
  const entry = typedTaxId(form);
  if (entry === null) return c.html(taxIdPage(ctx, portal, mistaken(form)), 422);
  createTaxId(ctx, portal.customer, entry);
  return toHome(c, portal, 'tax_id');
};

type Deed = (ctx: Context, portal: Portal, id: string) => void;

/** What the buttons beside a card or a tax ID do. Another customer's id is nobody's here. */
const deeds: Record<string, { permitted(portal: Portal): boolean; does: Deed }> = {
  default: {
    permitted: ({ may }) => may.payment_method_update.enabled,
    does: (ctx, portal, id) => {
      const method = cardsOf(ctx, portal).find((card) => card.id === id);
      if (method !== undefined) setDefault(ctx, portal.customer, method.id);
    },
  },
  remove: {
    permitted: ({ may }) => may.payment_method_update.enabled,
    does: (ctx, portal, id) => {
      const method = cardsOf(ctx, portal).find((card) => card.id === id);
      if (method !== undefined) detachMethod(ctx, method);
    },
  },
  remove_tax_id: {
    permitted: (portal) => allows(portal, 'tax_id'),
    does: (ctx, portal, id) => {
      const taxId = taxIdsOf(ctx, portal.customer.id).find((kept) => kept.id === id);
      if (taxId !== undefined) deleteTaxId(ctx, taxId);
    },
  },
};

const forbidden = (c: Call) => c.html(notice('Not here', 'This portal does not let you change that.'), 403);

const sent = async (c: Call, ctx: Context, portal: Portal) => {
  const typed = new URLSearchParams(await c.req.text());
  const doing = typed.get('do') ?? '';
  if (doing === 'add_card') {
    return portal.may.payment_method_update.enabled ? addCard(c, ctx, portal, typed) : forbidden(c);
  }
  if (doing === 'save_details') {
    return portal.may.customer_update.enabled ? saveDetails(c, ctx, portal, typed) : forbidden(c);
  }
  if (doing === 'add_tax_id') {
    return allows(portal, 'tax_id') ? addTaxId(c, ctx, portal, typed) : forbidden(c);
  }
  const deed = Object.hasOwn(deeds, doing) ? deeds[doing] : undefined;
  if (deed?.permitted(portal) !== true) return forbidden(c);
  deed.does(ctx, portal, typed.get('id') ?? '');
  return toHome(c, portal, doing);
};

/** Back from the bank's page with a card that was kept, or with the reason why not. */
const returned = (c: Call, ctx: Context, portal: Portal) => {
  const setup = ctx.store.setup_intents.get(c.req.query('setup_intent') ?? '');
  if (setup === null || setup.customer !== portal.customer.id) return null;
  if (setup.status === 'succeeded') {
    const kept = cardsOf(ctx, portal).find(({ id }) => id === setup.payment_method);
    return kept === undefined ? null : afterCard(c, ctx, portal, kept.id);
  }
  const sentence = setup.last_setup_error?.message ?? 'Your card was not saved.';
  return c.html(cardPage(ctx, portal, refused(new URLSearchParams(), sentence)));
};

const shown = (c: Call, ctx: Context, portal: Portal) => {
  const asked = c.req.query('page');
  const inFlow = asked === undefined ? portal.session.flow?.type : undefined;
  const { payment_method_update: cards } = portal.may;
  if (cards.enabled && (inFlow === 'payment_method_update' || asked === 'card')) {
    return c.html(cardPage(ctx, portal));
  }
  if (portal.may.customer_update.enabled && (inFlow === 'customer_update' || asked === 'details')) {
    return c.html(detailsPage(ctx, portal));
  }
  if (asked === 'tax_id' && allows(portal, 'tax_id')) return c.html(taxIdPage(ctx, portal));
  return c.html(home(ctx, portal, c.req.query('done') ?? '', asked === 'invoices'));
};

export const mountPortal = (app: Hono, world: World): void => {
  app.on(['GET', 'POST'], '/p/session/:token', (c) => {
    const ctx = uncaused(world);
    const session = portalByToken(ctx, c.req.param('token'));
    const customer = session === null ? null : ctx.store.customers.get(session.customer);
    if (session === null || customer === null) {
      return c.html(notice('This link has expired', 'Go back and open the portal again.'), 404);
    }
    const configuration = configurationOf(ctx, session);
    const portal: Portal = { session, customer, configuration, may: configuration.features };
    if (c.req.method === 'POST') return sent(c, ctx, portal);
    return returned(c, ctx, portal) ?? shown(c, ctx, portal);
  });
};
