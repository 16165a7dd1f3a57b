import { createHmac, randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import { handleStripeEvent } from '@/lib/jobs/handle-stripe-event';
import { WEBHOOK_SECRET, ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { receiveStripeEvent } from './receive-stripe-event';

const { ledger } = await ledgerAndStripe();

const ctx = () => ({ db: ledger.db, now: new Date() });
const jobsOf = async (eventId: string) =>
  (
    await ledger.asOwner('SELECT 1 FROM graphile_worker.jobs WHERE key = $1', [
      `handle-stripe-event:${eventId}`,
    ])
  ).length;

function aDelivery(eventId: string) {
  const created = Math.floor(Date.now() / 1_000);
  const body = JSON.stringify({
    id: eventId,
    object: 'event',
    type: 'customer.updated',
    created,
    livemode: false,
    data: { object: { id: 'cus_1' } },
  });
  const signature = createHmac('sha256', WEBHOOK_SECRET).update(`${created}.${body}`).digest('hex');
  return { body: Buffer.from(body), signature: `t=${created},v1=${signature}` };
}

test('an event delivered ten times at once is queued once', async () => {
  const eventId = `evt_${randomUUID()}`;
  await Promise.all(Array.from({ length: 10 }, () => receiveStripeEvent(ctx(), aDelivery(eventId))));
  expect(await jobsOf(eventId)).toBe(1);
});

test('an event whose job gave up is queued again when it is delivered again', async () => {
  const eventId = `evt_${randomUUID()}`;
  await receiveStripeEvent(ctx(), aDelivery(eventId));
  await ledger.asOwner(`SELECT graphile_worker.remove_job($1)`, [`handle-stripe-event:${eventId}`]);
  await receiveStripeEvent(ctx(), aDelivery(eventId));
  expect(await jobsOf(eventId)).toBe(1);
});

test('an event that was handled is not queued again', async () => {
  const eventId = `evt_${randomUUID()}`;
  await receiveStripeEvent(ctx(), aDelivery(eventId));
  await handleStripeEvent(ctx(), { eventId });
  await ledger.asOwner(`SELECT graphile_worker.remove_job($1)`, [`handle-stripe-event:${eventId}`]);
  await receiveStripeEvent(ctx(), aDelivery(eventId));
  expect(await jobsOf(eventId)).toBe(0);
});
