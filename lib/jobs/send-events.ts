import { setTimeout as sleep } from 'node:timers/promises';

import type { Database } from '@/lib/db/database';
import { claimDueDeliveries, type ClaimedDelivery } from '@/lib/db/webhook-deliveries';
import { log } from '@/lib/log';
import { deliverWebhook } from '@/lib/services/deliver-webhook';
import { handOutEvents } from '@/lib/services/hand-out-events';

const PAUSE_MS = 1_000;
const EVENTS_AT_ONCE = 500;
// They only wait, so they are many: as many slow endpoints as a quarter of this hold up nobody.
const MOST_AT_ONCE = 64;
const MOST_PER_ENDPOINT = 4;
// Longer than an attempt may take, with its row.
const LEASE_SECONDS = 60;
// Longer than most answers take, shorter than whoever stops us waits before the kill.
const FINISH_WITHIN_MS = 2_000;

type Options = { pauseMs?: number; now?: () => Date };

/** `stop` returns within seconds; what is not answered by then is sent again by the next worker. */
export type SendingEvents = { stop: () => Promise<void> };

/**
 * Hands events out and sends them, round after round, beside the queue: customers' systems may be slow, and nothing else
 * is to wait for them. Each process may: what one has taken is left alone by the others.
 */
export function keepSendingEvents(
  db: Database,
  { pauseMs = PAUSE_MS, now = () => new Date() }: Options = {},
): SendingEvents {
  const stopping = new AbortController();
  const underway = new Map<Promise<void>, string>();
  const rounds = sendUntil({ db, pauseMs, now, signal: stopping.signal, underway });
  return {
    async stop() {
      stopping.abort();
      await rounds;
      await Promise.race([Promise.all(underway.keys()), sleep(FINISH_WITHIN_MS, undefined, { ref: false })]);
    },
  };
}

type Rounds = {
  db: Database;
  pauseMs: number;
  now: () => Date;
  signal: AbortSignal;
  /** What is being sent, and to which endpoint. */
  underway: Map<Promise<void>, string>;
};

async function sendUntil(rounds: Rounds): Promise<void> {
  while (!rounds.signal.aborted) {
    try {
      await oneRound(rounds);
    } catch (error) {
      // The database is away: what is not handed out or sent stays so, and the next round finds it.
      log.warn({ err: error }, 'no events were sent; the next round tries again');
    }
    await pauseOrNews(rounds);
  }
}

/** Until it is time for another round, or one of those underway made room. */
async function pauseOrNews({ pauseMs, signal, underway }: Rounds): Promise<void> {
  const over = new AbortController();
  const until = { signal: AbortSignal.any([signal, over.signal]) };
  await Promise.race([sleep(pauseMs, undefined, until).catch(() => undefined), ...underway.keys()]);
  over.abort();
}

async function oneRound({ db, now, underway }: Rounds): Promise<void> {
  while ((await handOutEvents({ db, now: now() }, EVENTS_AT_ONCE)) === EVENTS_AT_ONCE);
  if (underway.size >= MOST_AT_ONCE) return;
  const due = await claimDueDeliveries(db, {
    now: now(),
    limit: MOST_AT_ONCE - underway.size,
    perEndpoint: MOST_PER_ENDPOINT,
    busy: [...new Set(underway.values())],
    leaseSeconds: LEASE_SECONDS,
  });
  for (const delivery of due) {
    const sending = deliver({ db, now: now() }, delivery).finally(() => underway.delete(sending));
    underway.set(sending, delivery.endpointId);
  }
}

async function deliver(ctx: { db: Database; now: Date }, delivery: ClaimedDelivery): Promise<void> {
  const { eventId, endpointId } = delivery;
  try {
    await deliverWebhook(ctx, delivery);
  } catch (error) {
    log.warn({ err: error, eventId, endpointId }, 'what came of an event is not known; it is sent again');
  }
}
