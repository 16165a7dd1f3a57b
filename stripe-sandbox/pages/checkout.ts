import type { Context as Call, Hono } from 'hono';
import { html } from 'hono/html';

import { detailsOf, offersToSave, savedMethods } from '../checkout/session';
import { submit, submitFree, submitSetup } from '../checkout/submission';
import type { BillingDetails, CheckoutSession, PaymentMethod } from '../objects';
import { emptyAddress } from '../resources/customers';
import { methodFromCard } from '../resources/payment-methods';
import { uncaused, type Context, type World } from '../world';
import { addressFields, cardFields, cardsToTry, field, isCountry, readCard, type Mistake } from './card-form';
import { document, money, notice } from './layout';
import { savedChoices } from './saved-cards';

const filled = (template: string, session: CheckoutSession) =>
  template.replaceAll('{CHECKOUT_SESSION_ID}', session.id);

const emailOf = (session: CheckoutSession) => session.customer_details?.email ?? null;

type Shown = { typed: URLSearchParams; mistake: Mistake | null };

const summary = (ctx: Context, session: CheckoutSession) =>
  session.mode === 'setup' ? setupSummary(ctx, session) : orderSummary(ctx, session);

const setupSummary = (ctx: Context, session: CheckoutSession) => {
  const back = session.cancel_url === null ? null : filled(session.cancel_url, session);
  return html`<section>
    ${back === null ? '' : html`<p><a href="${back}">Back to ${ctx.merchant.name}</a></p>`}
    <h1>Save a card with ${ctx.merchant.name}</h1>
    <p class="quiet">Nothing is charged now. ${ctx.merchant.name} may charge this card later.</p>
  </section>`;
};

const orderSummary = (ctx: Context, session: CheckoutSession) => {
  const currency = session.currency ?? 'usd';
  const back = session.cancel_url === null ? null : filled(session.cancel_url, session);
  return html`<section>
    ${back === null ? '' : html`<p><a href="${back}">Back to ${ctx.merchant.name}</a></p>`}
    <h1>Pay ${ctx.merchant.name}</h1>
    <p class="total">${money(session.amount_total ?? 0, currency)}</p>
    <ul class="lines">
      ${detailsOf(ctx, session).lines.map(
        (line) =>
          html`<li>
            <span
              >${line.description}${(line.quantity ?? 1) > 1 ? html` <span class="quiet">× ${line.quantity}</span>` : ''}</span
            >
            <span>${money(line.amount_total, currency)}</span>
          </li>`,
      )}
    </ul>
    <p class="sum"><span>Total due</span><span>${money(session.amount_total ?? 0, currency)}</span></p>
  </section>`;
};

const labelOf = ({ mode, amount_total: amount, currency }: CheckoutSession): string => {
  if (mode === 'setup') return 'Save card';
  return amount === 0 ? 'Complete order' : `Pay ${money(amount ?? 0, currency ?? 'usd')}`;
};

const form = (ctx: Context, session: CheckoutSession, { typed, mistake }: Shown) => {
  const saved = savedMethods(ctx, session);
  const chosen = typed.get('method') ?? saved[0]?.id ?? 'new';
  const wrong = mistake?.field ?? null;
  const email = emailOf(session);
  const isFree = session.amount_total === 0;
  return html`<form class="card" method="post" action="/c/pay/${session.id}" novalidate>
    ${mistake === null ? '' : html`<p role="alert">${mistake.sentence}</p>`}
    ${
      email === null
        ? field(
            {
              id: 'email',
              label: 'Email',
              value: typed.get('email') ?? '',
              type: 'email',
              autocomplete: 'email',
            },
            wrong,
          )
        : html`<p><span class="quiet">Email</span><br />${email}</p>`
    }
    ${
      isFree
        ? ''
        : html`${savedChoices(saved, chosen)}
            <div class="new-card">
              ${cardFields(typed, wrong)}
              ${session.billing_address_collection === 'required' ? addressFields(typed, wrong) : ''}
              ${
                offersToSave(session)
                  ? html`<label class="choice">
                      <input
                        type="checkbox"
                        name="save"
                        value="yes"
                        ${typed.get('save') === 'yes' ? 'checked' : ''}
                      />
                      <span>Save card for later</span>
                    </label>`
                  : ''
              }
            </div>`
    }
    <button type="submit">${labelOf(session)}</button>
    ${isFree ? '' : cardsToTry()}
  </form>`;
};

const page = (ctx: Context, session: CheckoutSession, shown: Shown) =>
  document(
    `Pay ${ctx.merchant.name}`,
    html`<main><div class="columns">${summary(ctx, session)}${form(ctx, session, shown)}</div></main>`,
  );

/** A session that takes no more payments says so and shows the way back. */
const closed = (ctx: Context, session: CheckoutSession) => {
  const text = `Back to ${ctx.merchant.name}`;
  const link = (url: string | null) => (url === null ? undefined : { href: filled(url, session), text });
  if (session.status === 'complete' && session.mode === 'setup') {
    return notice('Your card is saved', 'There is nothing more to do here.', link(session.success_url));
  }
  return session.status === 'complete'
    ? notice('This payment is complete', 'You have paid, and nothing more is due.', link(session.success_url))
    : notice(
        'This page has expired',
        'It takes no more payments. Go back and start again.',
        link(session.cancel_url),
      );
};

const typedBilling = (session: CheckoutSession, typed: URLSearchParams): BillingDetails | Mistake => {
  const email = emailOf(session) ?? (typed.get('email') ?? '').trim();
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) return { field: 'email', sentence: 'Enter your email address.' };
  const name = (typed.get('name') ?? '').trim();
  const common = { email, name: name === '' ? null : name, phone: null, tax_id: null };
  if (session.billing_address_collection !== 'required') return { ...common, address: null };
  const country = typed.get('country') ?? '';
  const postcode = (typed.get('postcode') ?? '').trim();
  if (!isCountry(country)) return { field: 'country', sentence: 'Choose your country.' };
  if (postcode === '') return { field: 'postcode', sentence: 'Enter your postcode.' };
  return { ...common, address: { ...emptyAddress, country, postal_code: postcode } };
};

type Chosen = { method: PaymentMethod; billing: BillingDetails; save: boolean };

/** The card to pay with: one on file by its id, or the one that was typed. */
const chosenCard = (ctx: Context, session: CheckoutSession, typed: URLSearchParams): Chosen | Mistake => {
  const saved = savedMethods(ctx, session).find((method) => method.id === typed.get('method'));
  if (saved !== undefined) {
    const email = saved.billing_details.email ?? emailOf(session);
    return { method: saved, billing: { ...saved.billing_details, email }, save: false };
  }
  const entry = readCard(typed, ctx.clock.now());
  if ('sentence' in entry) return entry;
  const billing = typedBilling(session, typed);
  if ('sentence' in billing) return billing;
  const method = methodFromCard(ctx, entry.card, {
    expires: entry.expires,
    billing: { ...billing, address: billing.address ?? emptyAddress },
  });
  return { method, billing, save: offersToSave(session) && typed.get('save') === 'yes' };
};

/** Where a paid session sends its customer. */
export const successUrl = (session: CheckoutSession): string => filled(session.success_url ?? '/', session);

const kept = (
  c: Call,
  ctx: Context,
  session: CheckoutSession,
  { chosen, typed }: { chosen: Chosen; typed: URLSearchParams },
) => {
  const outcome = submitSetup(ctx, session, chosen);
  if (outcome.kind === 'succeeded') return c.redirect(successUrl(session), 303);
  if (outcome.kind === 'requires_action') {
    return c.redirect(outcome.intent.next_action?.redirect_to_url?.url ?? '/', 303);
  }
  const mistake = { field: 'number', sentence: outcome.error.message };
  return c.html(page(ctx, session, { typed, mistake }), 402);
};

const sent = async (c: Call, ctx: Context, session: CheckoutSession) => {
  const typed = new URLSearchParams(await c.req.text());
  // A second click finds the first one's payment and follows it.
  const now = ctx.store.checkout_sessions.get(session.id) ?? session;
  if (now.status === 'complete') return c.redirect(successUrl(now), 303);
  if (now.status !== 'open') return c.html(closed(ctx, now), 410);

  if (now.mode === 'payment' && now.amount_total === 0) {
    const billing = typedBilling({ ...now, billing_address_collection: null }, typed);
    if ('sentence' in billing) return c.html(page(ctx, now, { typed, mistake: billing }), 422);
    submitFree(ctx, now, billing);
    return c.redirect(successUrl(now), 303);
  }
  const chosen = chosenCard(ctx, now, typed);
  if ('sentence' in chosen) return c.html(page(ctx, now, { typed, mistake: chosen }), 422);
  if (now.mode === 'setup') return kept(c, ctx, now, { chosen, typed });
  const outcome = submit(ctx, now, chosen);
  if (outcome.kind === 'succeeded') return c.redirect(successUrl(now), 303);
  if (outcome.kind === 'requires_action') {
    return c.redirect(outcome.intent.next_action?.redirect_to_url?.url ?? '/', 303);
  }
  const mistake = { field: 'number', sentence: outcome.error.message };
  const session402 = ctx.store.checkout_sessions.get(session.id) ?? now;
  return c.html(page(ctx, session402, { typed, mistake }), 402);
};

export const mountCheckout = (app: Hono, world: World): void => {
  app.on(['GET', 'POST'], '/c/pay/:id', (c) => {
    const ctx = uncaused(world);
    const session = ctx.store.checkout_sessions.get(c.req.param('id'));
    c.header('Cache-Control', 'no-store');
    if (session === null) return c.html(notice('Nothing here', 'This payment page does not exist.'), 404);
    if (c.req.method === 'POST') return sent(c, ctx, session);
    if (session.status !== 'open') return c.html(closed(ctx, session));
    const intent =
      session.payment_intent === null ? null : ctx.store.payment_intents.get(session.payment_intent);
    const setup = ctx.store.setup_intents.get(session.setup_intent ?? '');
    const reason = intent?.last_payment_error?.message ?? setup?.last_setup_error?.message;
    const failed = c.req.query('failed') === undefined ? undefined : reason;
    const mistake = failed === undefined ? null : { field: 'number', sentence: failed };
    return c.html(page(ctx, session, { typed: new URLSearchParams(), mistake }));
  });
};
