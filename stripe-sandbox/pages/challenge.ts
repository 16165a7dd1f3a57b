import type { Hono } from 'hono';
import { html } from 'hono/html';

import { sessionOf, sessionOfSetup } from '../checkout/session';
import type { CheckoutSession } from '../objects';
import { answerChallenge } from '../resources/payment-intents';
import { answerSetupChallenge } from '../resources/setup-intents';
import { uncaused, type Context, type World } from '../world';
import { successUrl } from './checkout-page';
import { document, facts, notice } from './layout';
import { cardName } from './saved-cards';
import { money } from './words';

/** What the bank asks about: a payment, or the saving of a card. */
type Question = {
  kind: 'payment_intent' | 'setup_intent';
  id: string;
  secret: string | null;
  title: string;
  sentence: string;
  amount: string | null;
  method: string | null;
  isOpen: boolean;
  session: CheckoutSession | null;
  returnUrl: string | null;
  answer(passed: boolean): boolean;
};

const aboutPayment = (ctx: Context, id: string): Question | null => {
  const intent = ctx.store.payment_intents.get(id);
  if (intent === null) return null;
  const amount = money(intent.amount, intent.currency);
  return {
    kind: 'payment_intent',
    id,
    secret: intent.client_secret,
    title: 'Confirm your payment',
    sentence: `Your bank asks whether you are paying ${amount} to ${ctx.merchant.name}.`,
    amount,
    method: intent.payment_method,
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
    sentence: `Your bank asks whether ${ctx.merchant.name} may keep your card and charge it later.`,
    amount: null,
    method: setup.payment_method,
    isOpen: setup.status === 'requires_action',
    session: sessionOfSetup(ctx, setup),
    returnUrl: setup.next_action?.redirect_to_url?.return_url ?? null,
    answer: (passed) => answerSetupChallenge(ctx, setup, passed).kind === 'succeeded',
  };
};

const page = (ctx: Context, { title, sentence, amount, method }: Question, query: string) => {
  const card = ctx.store.payment_methods.get(method ?? '');
  return document(
    title,
    html`<main class="narrow">
      <form class="card" method="post" action="/3d_secure_2/hosted?${query}">
        <p class="quiet small">Sandbox Bank · 3-D Secure</p>
        <h1>${title}</h1>
        <p>${sentence}</p>
        ${facts([
          ['To', ctx.merchant.name],
          ['Amount', amount],
          ['Card', card === null ? null : cardName(card)],
        ])}
        <button type="submit" name="answer" value="complete">Complete authentication</button>
        <button type="submit" name="answer" value="fail" class="second">Fail authentication</button>
      </form>
    </main>`,
  );
};

/** Back to where it began: a Checkout page, or the app's own return address with the outcome; null when there is none. */
const returnAddress = (
  { kind, id, secret, session, returnUrl }: Question,
  passed: boolean,
): string | null => {
  if (session !== null) return passed ? successUrl(session) : `/c/pay/${session.id}?failed=1`;
  if (returnUrl === null) return null;
  const url = new URL(returnUrl);
  url.searchParams.set(kind, id);
  url.searchParams.set(`${kind}_client_secret`, secret ?? '');
  url.searchParams.set('redirect_status', passed ? 'succeeded' : 'failed');
  return url.toString();
};

const answered = (passed: boolean) =>
  passed
    ? notice('Confirmed', 'Thank you. You can close this page and go back.')
    : notice('Not confirmed', 'Nothing was taken. You can close this page and go back.');

export const mountChallenge = (app: Hono, world: World): void => {
  app.on(['GET', 'POST'], '/3d_secure_2/hosted', async (c) => {
    const ctx = uncaused(world);
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
    if (typed === null) return c.html(page(ctx, question, new URL(c.req.url).search.slice(1)));
    const passed = question.answer(typed.get('answer') === 'complete');
    const back = returnAddress(question, passed);
    return back === null ? c.html(answered(passed)) : c.redirect(back, 303);
  });
};
