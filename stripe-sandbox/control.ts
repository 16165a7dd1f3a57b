import type { Context as Call, Hono } from 'hono';

import { invalidRequest, StripeError } from './errors';
import { clockFace, levers, type Lever } from './levers';
import { parseForm, type Form } from './params';
import { orderly, type World } from './world';

/** JSON as a form has it, so that one reader serves scripts and the buttons of the control page. */
const asForm = (value: unknown): unknown => {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(asForm);
  if (typeof value !== 'object') return JSON.stringify(value).replaceAll(/^"|"$/g, '');
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asForm(inner)]));
};

const readJson = (body: string): Form => {
  try {
    return asForm(body === '' ? {} : JSON.parse(body)) as Form;
  } catch {
    throw invalidRequest('The body is not JSON.');
  }
};

/** More than a page of what was said lately is nobody's interest. */
const SAID = 50;

/** Writes down what a button did, so that the page which follows can say it. */
const say = ({ said, clock }: World, sentence: string, isRefusal: boolean): number => {
  const number = (said.at(-1)?.number ?? 0) + 1;
  said.push({ number, at: clock.realNow(), sentence, isRefusal });
  if (said.length > SAID) said.shift();
  return number;
};

/** Back to the page of the control plane where the button was; never to anywhere else. */
const backTo = (asked: unknown, number: number): string => {
  const path = typeof asked === 'string' && asked.startsWith('/_sandbox') ? asked : '/_sandbox';
  const url = new URL(path, 'http://sandbox');
  url.searchParams.set('said', `${number}`);
  return `${url.pathname}${url.search}${url.hash}`;
};

/** A script sends JSON and gets JSON. A button sends a form and gets its page back, with a sentence. */
const pulled = async (c: Call, world: World, pull: (asked: Form) => ReturnType<Lever['pull']>) => {
  const body = await c.req.text();
  const isForm = (c.req.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded');
  if (!isForm) return c.json(pull(readJson(body)).answer);
  const { back, ...asked } = parseForm(body);
  try {
    return c.redirect(backTo(back, say(world, pull(asked).said, false)), 303);
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    return c.redirect(backTo(back, say(world, error.message, true)), 303);
  }
};

/** A name of another that was pointed at this machine is not ours, though its pages would be of one origin with these. */
const isOurs = (c: Call, { origin }: World): boolean =>
  ['127.0.0.1', 'localhost', '[::1]', new URL(origin).hostname].includes(new URL(c.req.url).hostname);

/** Another site may link to a page of the control plane, and may neither read nor pull anything. */
const isFromElsewhere = ({ req }: Call): boolean => {
  const site = req.header('sec-fetch-site') ?? 'none';
  const isLink = req.method === 'GET' && req.header('sec-fetch-mode') === 'navigate';
  return !isLink && site !== 'same-origin' && site !== 'none';
};

/** Stands before everything under `/_sandbox`, the pages included. */
export const guardControl = (app: Hono, world: World): void => {
  app.use('/_sandbox/*', async (c, next) => {
    if (!isOurs(c, world) || isFromElsewhere(c)) return c.json({ error: 'Not from another site.' }, 403);
    await next();
    return undefined;
  });
};

/** The levers that real Stripe does not have. No app code asks for these, only tests and whoever watches the demo. */
export const mountControl = (app: Hono, world: World, reset: () => void): void => {
  app.get('/_sandbox/health', (c) => c.json({ ok: true }));
  app.get('/_sandbox/clock', (c) => c.json(clockFace(world)));
  app.get('/_sandbox/webhooks', (c) => c.json(world.delivery));
  app.get('/_sandbox/deliveries', (c) => {
    const wanted = c.req.query('event');
    const data = [...world.store.deliveries.oldestFirst()].filter(
      (delivery) => wanted === undefined || delivery.event === wanted,
    );
    return c.json({ data, pending: world.store.outbox.size() });
  });
  app.get('/_sandbox/requests', (c) => c.json({ data: world.requests }));
  app.get('/_sandbox/faults', (c) => c.json({ data: world.faults }));
  app.get('/_sandbox/switches', (c) => c.json(world.switches));

  for (const { path, pull } of levers) {
    app.post(`/_sandbox/${path}`, (c) =>
      pulled(c, world, (asked) => pull(world, asked, c.req.param('id') ?? '')),
    );
  }
  app.delete('/_sandbox/faults', (c) => {
    world.faults.splice(0);
    return c.json({ data: [] });
  });
  app.post('/_sandbox/reset', (c) =>
    pulled(c, world, () => {
      reset();
      return { answer: { ok: true }, said: 'Everything is forgotten but the endpoints of the start.' };
    }),
  );

  app.all('/_sandbox/*', (c) => c.json({ error: `Nothing at ${c.req.path}.` }, 404));
};

/** Refusals of the control plane, in the shape of Stripe's. */
export const refusal = (error: StripeError): Response =>
  Response.json({ error: error.body }, { status: error.status });

export const resetDelivery = (world: World): void => {
  Object.assign(world.delivery, orderly);
};
