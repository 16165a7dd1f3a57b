import { expect, test } from 'vitest';

import type { Snapshot } from './sandbox';
import { aSandbox, HOOK, SECRET } from './testing';

const restarted = (snapshot: Snapshot, options: Parameters<typeof aSandbox>[0] = {}) =>
  aSandbox({ snapshot: JSON.parse(JSON.stringify(snapshot)) as Snapshot, ...options });

test('everything survives a restart, answers kept under their keys included', async () => {
  const before = aSandbox();
  const { session } = await before.buy();
  const customer = await before.stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'k1' });

  const after = restarted(before.sandbox.snapshot());
  const again = await after.stripe.checkout.sessions.retrieve(session.id, {
    expand: ['payment_intent', 'invoice', 'line_items'],
  });
  expect(JSON.stringify(again)).toBe(JSON.stringify(session));
  const replayed = await after.stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'k1' });
  expect(replayed.id).toBe(customer.id);
  expect(after.eventTypes()).toEqual(before.eventTypes());
});

test('what was on its way is delivered after the restart, to the same endpoint once', async () => {
  const before = aSandbox();
  await before.stripe.customers.create({});
  const after = restarted(before.sandbox.snapshot());
  expect((await after.stripe.webhookEndpoints.list()).data.map(({ url }) => url)).toEqual([HOOK]);
  await after.sandbox.tick();
  expect(after.captured).toHaveLength(1);
});

test('a session opened before the restart expires after it', async () => {
  const before = aSandbox();
  const { session } = await before.aSession();
  const after = restarted(before.sandbox.snapshot());
  after.pass(25 * 60 * 60);
  expect((await after.stripe.checkout.sessions.retrieve(session.id)).status).toBe('expired');
});

test('a shifted clock stays shifted, and a frozen one frozen', async () => {
  const before = aSandbox();
  await before.control('/clock', { advance: 1000, freeze: true });
  const at = before.sandbox.clock.seconds();
  before.pass(50);
  const after = restarted(before.sandbox.snapshot());
  after.pass(500);
  expect(after.sandbox.clock.seconds()).toBe(at);
  await after.control('/clock', { freeze: false });
  after.pass(10);
  expect(after.sandbox.clock.seconds()).toBe(at + 10);
});

test('a reset forgets everything but the endpoints it was started with', async () => {
  const { stripe, control, sandbox } = aSandbox({ webhooks: [{ url: HOOK, secret: SECRET }] });
  await stripe.customers.create({});
  await control('/reset', {});
  expect(sandbox.store.customers.size()).toBe(0);
  expect((await stripe.webhookEndpoints.list()).data).toHaveLength(1);
});
