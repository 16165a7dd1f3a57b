import { createHmac, randomUUID } from 'node:crypto';

import { appUrl, webhookSecret } from './support/addresses';
import { rows } from './support/database';
import { expect, test } from './support/test';

const now = () => Math.floor(Date.now() / 1_000);
const eventBody = (id: string, livemode = false) =>
  JSON.stringify({
    id,
    object: 'event',
    type: 'customer.updated',
    api_version: '2026-10-28.endive',
    created: now(),
    livemode,
    data: { object: { id: 'cus_1', object: 'customer', name: 'Żółć ☕' } },
  });
const sign = (body: string, { secret = webhookSecret, at = now() } = {}) =>
  `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;
const deliver = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
  fetch(`${appUrl}/api/stripe/webhook`, { method: 'POST', body, headers });
const kept = (id: string) => rows('SELECT handled_at FROM stripe_events WHERE event_id = $1', [id]);

test('a signed event is kept once and answered 200, however often it is delivered', async () => {
  const id = `evt_${randomUUID()}`;
  const body = eventBody(id);
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => deliver(body, { 'stripe-signature': sign(body) })),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  await expect.poll(() => kept(id)).toEqual([{ handled_at: expect.any(Date) }]);
});

const id = () => `evt_${randomUUID()}`;
for (const [what, attempt] of Object.entries<
  (event: string) => { body: string; headers: Record<string, string> }
>({
  'without a signature': (event) => ({ body: eventBody(event), headers: {} }),
  'with another endpoint’s secret': (event) => {
    const body = eventBody(event);
    return { body, headers: { 'stripe-signature': sign(body, { secret: 'whsec_somebody_else' }) } };
  },
  'that is six minutes old': (event) => {
    const body = eventBody(event);
    return { body, headers: { 'stripe-signature': sign(body, { at: now() - 360 }) } };
  },
  'with one changed byte': (event) => {
    const body = eventBody(event);
    return { body: body.replace('cus_1', 'cus_2'), headers: { 'stripe-signature': sign(body) } };
  },
  'from live mode': (event) => {
    const body = eventBody(event, true);
    return { body, headers: { 'stripe-signature': sign(body) } };
  },
  'with a broken header': (event) => ({ body: eventBody(event), headers: { 'stripe-signature': 't=,v1=' } }),
})) {
  test(`a delivery ${what} gets 400 and leaves no trace`, async () => {
    const event = id();
    const { body, headers } = attempt(event);
    expect((await deliver(body, headers)).status).toBe(400);
    expect(await kept(event)).toEqual([]);
  });
}

test('a delivery larger than any event is refused while it is read', async () => {
  const response = await deliver('x'.repeat(1_100_000), { 'stripe-signature': 't=1,v1=00' });
  expect(response.status).toBe(413);
});
