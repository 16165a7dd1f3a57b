import { createHmac } from 'node:crypto';

import { newId } from './ids';
import type { Event } from './objects';
import type { Parcel } from './store';
import type { RetryProfile, World } from './world';

const minute = 60;
const hour = 60 * minute;

/** Seconds until each next try. Stripe publishes only "up to three days" and "three times over a few hours". */
const waits: Record<RetryProfile, { by: Parcel['dueBy']; seconds: number[] }> = {
  fast: { by: 'real', seconds: [0.2, 1, 3, 10, 30] },
  sandbox: { by: 'virtual', seconds: [10 * minute, hour, 2 * hour] },
  live: {
    by: 'virtual',
    seconds: [
      minute,
      5 * minute,
      30 * minute,
      2 * hour,
      5 * hour,
      10 * hour,
      ...Array<number>(4).fill(12 * hour),
    ],
  },
};

const DELIVERY_TIMEOUT_MS = 10_000;

/** `t` is real time even under a shifted clock, because receivers compare it with their own. */
const sign = ({ body, secret, timestamp }: { body: string; secret: string; timestamp: number }): string =>
  createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');

const signature = (world: World, body: string, secret: string): string => {
  // Stripe's receivers tolerate five minutes.
  const age = world.delivery.oldTimestamp ? 3600 : 0;
  const timestamp = Math.floor(world.clock.realNow() / 1000) - age;
  const used = world.delivery.wrongSignature ? `${secret}_wrong` : secret;
  const v1 = sign({ body, secret: used, timestamp });
  const v0 = sign({ body, secret: 'v0', timestamp });
  return `t=${timestamp},v1=${v1},v0=${v0}`;
};

type Answer = { status: number | null; error: string | null };

const carry = async (world: World, event: Event, to: { url: string; secret: string }): Promise<Answer> => {
  const body = JSON.stringify(event, null, 2);
  try {
    const response = await world.carry(to.url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(DELIVERY_TIMEOUT_MS),
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        'Stripe-Signature': signature(world, body, to.secret),
      },
      body,
    });
    await response.body?.cancel();
    return { status: response.status, error: null };
  } catch (error) {
    return { status: null, error: error instanceof Error ? error.message : 'unknown' };
  }
};

const arrived = (world: World, id: string) => {
  const event = world.store.events.get(id);
  if (event === null) return;
  world.store.events.put({ ...event, pending_webhooks: Math.max(0, event.pending_webhooks - 1) });
};

const tryAgain = (world: World, parcel: Parcel) => {
  const { by, seconds } = waits[world.profile];
  const wait = seconds[parcel.attempt - 1];
  if (wait === undefined) return;
  const now = by === 'real' ? world.clock.realNow() : world.clock.now();
  world.store.outbox.put({ ...parcel, attempt: parcel.attempt + 1, dueBy: by, dueAt: now + wait * 1000 });
};

const deliver = async (world: World, parcel: Parcel): Promise<void> => {
  const { store } = world;
  const event = store.events.get(parcel.event);
  const endpoint = store.webhook_endpoints.get(parcel.endpoint);
  const secret = store.endpoint_secrets.get(parcel.endpoint);
  store.outbox.remove(parcel.id);
  if (event === null || secret === null || endpoint?.status !== 'enabled') return;

  const { status, error } = await carry(world, event, { url: endpoint.url, secret: secret.secret });
  const delivered = status !== null && status >= 200 && status < 300;
  store.deliveries.put({
    id: newId('delivery'),
    created: world.clock.seconds(),
    event: event.id,
    type: event.type,
    endpoint: endpoint.id,
    url: endpoint.url,
    attempt: parcel.attempt,
    status,
    error,
    delivered,
  });
  if (delivered) arrived(world, event.id);
  else tryAgain(world, parcel);
};

const isDue = ({ clock }: World, { dueAt, dueBy }: Parcel) =>
  dueAt <= (dueBy === 'real' ? clock.realNow() : clock.now());

const shuffled = <T>(items: T[]): T[] =>
  items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);

/** Sends every parcel that is due, all at once and in order of writing: Stripe promises no order of arrival. */
export const deliverDue = async (world: World): Promise<number> => {
  if (world.delivery.hold) return 0;
  const due = [...world.store.outbox.oldestFirst()].filter((parcel) => isDue(world, parcel));
  const parcels = world.delivery.shuffle ? shuffled(due) : due;
  await Promise.all(parcels.map((parcel) => deliver(world, parcel)));
  return parcels.length;
};

/** Posts an event once more to every endpoint that is enabled, whatever became of it before. */
export const redeliver = (world: World, event: Event): number => {
  const endpoints = [...world.store.webhook_endpoints.oldestFirst()].filter(
    ({ status }) => status === 'enabled',
  );
  for (const endpoint of endpoints) {
    world.store.outbox.put({
      id: newId('delivery'),
      created: world.clock.seconds(),
      event: event.id,
      endpoint: endpoint.id,
      attempt: 1,
      dueAt: world.clock.realNow(),
      dueBy: 'real',
    });
  }
  world.wake();
  return endpoints.length;
};
