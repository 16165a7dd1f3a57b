import type { Hono } from 'hono';
import { html } from 'hono/html';

import type { PaymentIntent } from '../objects';
import { sessionOf } from '../resources/checkout-sessions';
import { answerChallenge } from '../resources/payment-intents';
import { uncaused, type Context, type World } from '../world';
import { successUrl } from './checkout';
import { document, money, notice } from './layout';

const page = (ctx: Context, intent: PaymentIntent, query: string) =>
  document(
    'Confirm your payment',
    html`<main class="narrow">
      <form class="card" method="post" action="/3d_secure_2/hosted?${query}">
        <h1>Confirm your payment</h1>
        <p>
          Your bank asks whether you are paying ${money(intent.amount, intent.currency)} to
          ${ctx.merchant.name}.
        </p>
        <button type="submit" name="answer" value="complete">Complete authentication</button>
        <button type="submit" name="answer" value="fail" class="second">Fail authentication</button>
      </form>
    </main>`,
  );

/** Back to where the payment began: a Checkout page, or the app's own return address with the outcome. */
const returnAddress = (ctx: Context, before: PaymentIntent, passed: boolean): string => {
  const session = sessionOf(ctx, before);
  if (session !== null) return passed ? successUrl(session) : `/c/pay/${session.id}?failed=1`;
  const to = before.next_action?.redirect_to_url?.return_url;
  if (to === undefined || to === null) return '/';
  const url = new URL(to);
  url.searchParams.set('payment_intent', before.id);
  url.searchParams.set('payment_intent_client_secret', before.client_secret ?? '');
  url.searchParams.set('redirect_status', passed ? 'succeeded' : 'failed');
  return url.toString();
};

export const mountChallenge = (app: Hono, world: World): void => {
  app.on(['GET', 'POST'], '/3d_secure_2/hosted', async (c) => {
    const ctx = uncaused(world);
    c.header('Cache-Control', 'no-store');
    const typed = c.req.method === 'POST' ? new URLSearchParams(await c.req.text()) : null;
    const intent = ctx.store.payment_intents.get(c.req.query('payment_intent') ?? '');
    if (intent === null || intent.client_secret !== c.req.query('payment_intent_client_secret')) {
      return c.html(notice('Nothing here', 'There is no payment to confirm at this address.'), 404);
    }
    if (intent.status !== 'requires_action') {
      const session = sessionOf(ctx, intent);
      if (session?.status === 'complete') return c.redirect(successUrl(session), 303);
      return c.html(notice('Already answered', 'This payment no longer waits to be confirmed.'), 410);
    }
    if (typed === null) return c.html(page(ctx, intent, new URL(c.req.url).search.slice(1)));
    const outcome = answerChallenge(ctx, intent, typed.get('answer') === 'complete');
    return c.redirect(returnAddress(ctx, intent, outcome.kind === 'succeeded'), 303);
  });
};
