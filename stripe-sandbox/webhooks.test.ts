import { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';

import { aSandbox, HOOK, ORIGIN, SECRET, type Captured } from './testing';

const opened = (sent: Captured | undefined) =>
  Stripe.webhooks.constructEvent(sent?.body ?? '', sent?.headers.get('stripe-signature') ?? '', SECRET);

// The signature carries real time, so receivers that check its age must see the real clock.
const onRealTime = (options: Parameters<typeof aSandbox>[0] = {}) => aSandbox({ now: Date.now, ...options });

describe('a delivery', () => {
  test('passes the check of the SDK, accents and all', async () => {
    const { stripe, sandbox, captured } = onRealTime();
    const customer = await stripe.customers.create({ name: 'Zoë Müller' });
    expect(await sandbox.tick()).toBe(1);

    const event = opened(captured[0]);
    expect(event.type).toBe('customer.created');
    expect(event.data.object).toMatchObject({ id: customer.id, name: 'Zoë Müller' });
    expect(event.api_version).toBe(Stripe.API_VERSION);
    expect(event.request?.id).toMatch(/^req_/);
    expect(captured[0]).toMatchObject({ url: HOOK });
    expect(captured[0]?.body).toContain('\n  "object": "event"');
    expect(captured[0]?.headers.get('user-agent')).toBe('Stripe/1.0 (+https://stripe.com/docs/webhooks)');
  });

  test('is signed in real time even when the clock is shifted', async () => {
    const { stripe, sandbox, captured, control } = onRealTime();
    await control('/clock', { offset: -90 * 24 * 60 * 60 });
    await stripe.customers.create({});
    await sandbox.tick();
    expect(opened(captured[0]).created).toBeLessThan(Date.now() / 1000 - 80 * 24 * 60 * 60);
  });

  test('that is not wanted is tried again, until it arrives', async () => {
    const { stripe, sandbox, captured, pass, control } = aSandbox({ answer: (nth) => (nth < 3 ? 500 : 200) });
    await stripe.customers.create({});
    const waiting = async () => (await stripe.events.list()).data[0]?.pending_webhooks;

    expect(await sandbox.tick()).toBe(1);
    expect(await sandbox.tick()).toBe(0);
    pass(0.2);
    expect(await sandbox.tick()).toBe(1);
    expect(await waiting()).toBe(1);
    pass(1);
    expect(await sandbox.tick()).toBe(1);
    expect(await waiting()).toBe(0);
    pass(100);
    expect(await sandbox.tick()).toBe(0);

    expect(new Set(captured.map(({ body }) => body.match(/"id": "(evt_\w+)"/)?.[1])).size).toBe(1);
    expect(await control('/deliveries')).toMatchObject({
      data: [
        { attempt: 1, status: 500, delivered: false },
        { attempt: 2, status: 500, delivered: false },
        { attempt: 3, status: 200, delivered: true },
      ],
    });
  });

  test('that redirects has not arrived', async () => {
    const { stripe, sandbox } = aSandbox({ answer: () => 302 });
    await stripe.customers.create({});
    await sandbox.tick();
    expect((await stripe.events.list({ delivery_success: false })).data).toHaveLength(1);
  });

  test('is given up in the end, and can still be asked for', async () => {
    const { stripe, sandbox, pass, captured, control } = aSandbox({
      answer: (nth) => (nth <= 6 ? 500 : 200),
    });
    await stripe.customers.create({});
    for (let i = 0; i < 10; i += 1) {
      await sandbox.tick();
      pass(60);
    }
    expect(captured).toHaveLength(6);
    const [event] = (await stripe.events.list({ delivery_success: false })).data;
    await control(`/events/${event?.id ?? ''}/redeliver`, {});
    await sandbox.tick();
    expect(captured).toHaveLength(7);
    expect((await stripe.events.list({ delivery_success: true })).data).toHaveLength(1);
  });
});

describe('mischief', () => {
  const sentUnder = async (mode: object) => {
    const world = onRealTime();
    await world.control('/webhooks', mode);
    await world.stripe.customers.create({});
    await world.sandbox.tick();
    return world;
  };

  test('holds and releases', async () => {
    const { captured, control, sandbox } = await sentUnder({ hold: true });
    expect(captured).toHaveLength(0);
    expect(await control('/webhooks/release', {})).toEqual({ released: 1 });
    await sandbox.tick();
    expect(captured).toHaveLength(1);
  });

  test('repeats an event under its own id', async () => {
    const { captured } = await sentUnder({ duplicate: 2 });
    expect(captured.map((sent) => opened(sent).id)).toHaveLength(3);
    expect(new Set(captured.map((sent) => opened(sent).id)).size).toBe(1);
  });

  test('repeats an event under a new id', async () => {
    const { captured } = await sentUnder({ duplicateNewId: true });
    expect(new Set(captured.map((sent) => opened(sent).id)).size).toBe(2);
  });

  test('loses an event, which only the list still knows', async () => {
    const { captured, stripe } = await sentUnder({ drop: true });
    expect(captured).toHaveLength(0);
    const missed = await stripe.events.list({ delivery_success: false, types: ['customer.created'] });
    expect(missed.data).toHaveLength(1);
  });

  test.each([{ wrongSignature: true }, { oldTimestamp: true }])(
    'sends what no receiver may believe: %o',
    async (mode) => {
      const { captured } = await sentUnder(mode);
      expect(() => opened(captured[0])).toThrow(Stripe.errors.StripeSignatureVerificationError);
    },
  );

  test('comes late', async () => {
    const { stripe, sandbox, captured, control, pass } = aSandbox();
    await control('/webhooks', { delayMs: 2000 });
    await stripe.customers.create({});
    await sandbox.tick();
    expect(captured).toHaveLength(0);
    pass(2);
    await sandbox.tick();
    expect(captured).toHaveLength(1);
  });

  test('refuses a lever that it does not have', async () => {
    const { control } = aSandbox();
    expect(await control('/webhooks', { hodl: true })).toMatchObject({
      error: { code: 'parameter_unknown' },
    });
  });

  test('takes no orders from another site', async () => {
    const { sandbox } = aSandbox();
    const request = new Request(`${ORIGIN}/_sandbox/reset`, {
      method: 'POST',
      headers: { 'Sec-Fetch-Site': 'cross-site' },
    });
    expect((await sandbox.answer(request)).status).toBe(403);
  });
});

describe('endpoints', () => {
  test('made by the API get what they asked for, and nothing once disabled', async () => {
    const { stripe, sandbox, captured } = aSandbox({ webhooks: [] });
    const endpoint = await stripe.webhookEndpoints.create({
      url: HOOK,
      enabled_events: ['customer.updated'],
    });
    expect(endpoint.secret).toMatch(/^whsec_/);
    expect((await stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined();

    const { id } = await stripe.customers.create({});
    await stripe.customers.update(id, { name: 'Ada' });
    await sandbox.tick();
    expect(captured.map(({ body }) => body.match(/"type": "([^"]+)"\n/)?.[1])).toEqual(['customer.updated']);

    await stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
    await stripe.customers.update(id, { name: 'Grace' });
    expect(await sandbox.tick()).toBe(0);
  });
});
