import { beforeAll, expect, test } from 'vitest';

import { aSandbox, ORIGIN } from './testing';

const CUSTOMERS = 10_000;
const EVENTS = 100_000;
const types = ['customer.created', 'invoice.paid', 'charge.succeeded', 'payment_intent.succeeded'];

/** A sandbox that has been in use for long, filled past its API. */
const aFullSandbox = async () => {
  const world = aSandbox();
  const { sandbox, stripe } = world;
  const { id } = await stripe.customers.create({ email: 'first@example.org' });
  const { id: method } = await stripe.paymentMethods.attach('pm_card_visa', { customer: id });
  const customer = sandbox.store.customers.get(id);
  const card = sandbox.store.payment_methods.get(method);
  const [event] = sandbox.store.events.newestFirst();
  if (customer === null || card === null || event === undefined) throw new Error('nothing to copy');
  for (let i = 0; i < CUSTOMERS; i += 1) {
    sandbox.store.customers.put({ ...customer, id: `cus_${i}`, email: `c${i}@example.org` });
    sandbox.store.payment_methods.put({ ...card, id: `pm_${i}`, customer: `cus_${i}` });
  }
  for (let i = 0; i < EVENTS; i += 1) {
    const type = types[i % types.length] ?? '';
    sandbox.store.events.put({ ...event, id: `evt_${i}`, type, pending_webhooks: 0 });
  }
  return world;
};

/** The store is filled once: what it holds is not changed by reading. */
let ask: (path: string) => Promise<number>;

beforeAll(async () => {
  const { sandbox } = await aFullSandbox();
  const headers = { Authorization: 'Bearer sk_test_x' };
  ask = async (path) => {
    const once = async () => {
      const start = performance.now();
      await (await sandbox.answer(new Request(`${ORIGIN}${path}`, { headers }))).text();
      return performance.now() - start;
    };
    const times: number[] = [];
    for (let i = 0; i < 20; i += 1) times.push(await once());
    return Math.min(...times);
  };
}, 60_000);

test.each([
  '/v1/customers?limit=10',
  '/v1/customers?email=c5000@example.org',
  '/v1/customers?email=nobody@example.org',
  '/v1/customers/cus_5000/payment_methods',
  '/v1/payment_methods?customer=cus_9999',
  '/v1/events?limit=10',
  '/v1/events?type=invoice.paid',
  '/v1/events?type=refund.failed',
  '/v1/events?delivery_success=false',
  '/v1/events?starting_after=evt_50000',
  '/v1/events?created[gte]=1900000000',
])('a page of %s takes no more than ten milliseconds', async (path) => {
  expect(await ask(path)).toBeLessThan(10);
});
