import type { Hono } from 'hono';
import { html } from 'hono/html';

import { sessionOf, sessionOfSetup } from '../checkout/session';
import type { CheckoutSession } from '../objects';
import { answerChallenge } from '../resources/payment-intents';
import { answerSetupChallenge } from '../resources/setup-intents';
import { uncaused, type Context, type World } from '../world';
import { successUrl } from './checkout';
import { document, money, notice } from './layout';

/** What the bank asks about: a payment, or the saving of a card. */
type Question = {
  kind: 'payment_intent' | 'setup_intent';
  id: string;
  secret: string | null;
  title: string;
  sentence: string;
  isOpen: boolean;
  session: CheckoutSession | null;
  returnUrl: string | null;
  answer(passed: boolean): boolean;
};

const aboutPayment = (ctx: Context, id: string): Question | null => {
  const intent = ctx.store.payment_intents.get(id);
  if (intent === null) return null;
  const paying = `${money(intent.amount, intent.currency)} to ${ctx.merchant.name}`;
  return {
    kind: 'payment_intent',
    id,
    secret: intent.client_secret,
    title: 'Confirm your payment',
    sentence: `Your bank asks whether you are paying ${paying}.`,
    isOpen: intent.status === 'requires_action',
    session: sessionOf(ctx, intent),
    returnUrl: intent.next_action?.redirect_to_url?.return_url ?? null,
    answer: (passed) => answerChallenge(ctx, intent, passed).kind === 'succeeded',
  };
};

const aboutSetup = (ctx: Context, id: string): Question | null => {
  const setup = ctx.store.setup_intents.get(id);
  if (setup === null) return null;
  return {
    kind: 'setup_intent',
    id,
    secret: setup.client_secret,
    title: 'Confirm your card',
    sentence: `Your bank asks whether ${ctx.merchant.name} may keep your card.`,
    isOpen: setup.status === 'requires_action',
    session: sessionOfSetup(ctx, setup),
    returnUrl: setup.next_action?.redirect_to_url?.return_url ?? null,
    answer: (passed) => answerSetupChallenge(ctx, setup, passed).kind === 'succeeded',
  };
};

const page = ({ title, sentence }: Question, query: string) =>
  document(
    title,
    html`<main class="narrow">
      <form class="card" method="post" action="/3d_secure_2/hosted?${query}">
        <h1>${title}</h1>
        <p>${sentence}</p>
        <button type="submit" name="answer" value="complete">Complete authentication</button>
        <button type="submit" name="answer" value="fail" class="second">Fail authentication</button>
      </form>
    </main>`,
  );

/** Back to where it began: a Checkout page, or the app's own return address with the outcome. */
const returnAddress = ({ kind, id, secret, session, returnUrl }: Question, passed: boolean): string => {
  if (session !== null) return passed ? successUrl(session) : `/c/pay/${session.id}?failed=1`;
  if (returnUrl === null) return '/';
  const url = new URL(returnUrl);
  url.searchParams.set(kind, id);
  url.searchParams.set(`${kind}_client_secret`, secret ?? '');
  url.searchParams.set('redirect_status', passed ? 'succeeded' : 'failed');
  return url.toString();
};

export const mountChallenge = (app: Hono, world: World): void => {
  app.on(['GET', 'POST'], '/3d_secure_2/hosted', async (c) => {
    const ctx = uncaused(world);
    c.header('Cache-Control', 'no-store');
    const typed = c.req.method === 'POST' ? new URLSearchParams(await c.req.text()) : null;
    const setup = c.req.query('setup_intent');
    const question =
      setup === undefined ? aboutPayment(ctx, c.req.query('payment_intent') ?? '') : aboutSetup(ctx, setup);
    const secret = c.req.query(`${question?.kind ?? 'payment_intent'}_client_secret`);
    if (question === null || question.secret !== secret) {
      return c.html(notice('Nothing here', 'There is no payment to confirm at this address.'), 404);
    }
    if (!question.isOpen) {
      if (question.session?.status === 'complete') return c.redirect(successUrl(question.session), 303);
      return c.html(notice('Already answered', 'This payment no longer waits to be confirmed.'), 410);
    }
    if (typed === null) return c.html(page(question, new URL(c.req.url).search.slice(1)));
    const passed = question.answer(typed.get('answer') === 'complete');
    return c.redirect(returnAddress(question, passed), 303);
  });
};
