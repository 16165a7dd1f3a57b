import type { Ctx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { enqueue, enqueueDue, keyOfTopUp } from '@/lib/db/queue';
import { findCaughtUpTo, listStuckTopUps, markCaughtUpTo } from '@/lib/db/reconciliation';
import { findStripeEvent, keepStripeEvent, listUnhandled, unheardOf } from '@/lib/db/stripe-events';
import { log } from '@/lib/log';
import { reconcileTopUp } from '@/lib/services/reconcile-top-up';
import { listEvents } from '@/lib/stripe/events';
import type { VerifiedEvent } from '@/lib/stripe/verify-event';

import { handleStripeEvent } from './handle-stripe-event';
import { MOST_A_TICK } from './schedule';
import { purchaseOfEvent, stripeEventHandlers } from './stripe-events';

const SECOND = 1_000;
// Stripe's list may lag behind, and what was too young the last time is looked at again.
const OVERLAP_MS = 3_600 * SECOND;
// As long as Stripe itself tries to deliver: an installation that never looked before needs no more.
const FIRST_LOOK_MS = 3 * 86_400 * SECOND;
// Its delivery is likely to be on the way.
const TOO_YOUNG_MS = 60 * SECOND;
const STUCK_AFTER_MS = 900 * SECOND;

/** Finds what Stripe never managed to tell us, what was told and never handled, and payments that come to no end. */
export async function catchUpStripeEvents(ctx: Ctx): Promise<void> {
  await catchUp(ctx);
  const before = new Date(ctx.now.getTime() - STUCK_AFTER_MS);
  const events = await listUnhandled(ctx.db, { before, limit: MOST_A_TICK });
  const stuck = await listStuckTopUps(ctx.db, { before, limit: MOST_A_TICK });
  await enqueueDue(ctx.db, [
    ...events.map((eventId) => ({ name: 'handle-stripe-event', eventId, key: eventId }) as const),
    ...stuck.map(({ origin, accountId, id }) => {
      const job = { accountId: accountId.toString(), topUpId: id, key: keyOfTopUp({ accountId, id }) };
      // Charging goes on where it stopped, and first asks what the last step came to.
      return origin === 'auto'
        ? ({ name: 'charge-auto-top-up', ...job } as const)
        : ({ name: 'reconcile-top-up', ...job } as const);
    }),
  ]);
}

async function catchUp(ctx: Ctx): Promise<void> {
  const last = await findCaughtUpTo(ctx.db);
  const since = last === null ? ctx.now.getTime() - FIRST_LOOK_MS : last.getTime() - OVERLAP_MS;
  const listed = await listEvents([...stripeEventHandlers.keys()], new Date(since));
  const due = listed.filter(({ createdAt }) => ctx.now.getTime() - createdAt.getTime() >= TOO_YOUNG_MS);
  const unheard = await unheardOf(
    ctx.db,
    due.map(({ eventId }) => eventId),
  );
  const missed = due.filter(({ eventId }) => unheard.has(eventId));
  for (const event of missed) await keep(ctx, event);
  if (missed.length > 0) log.warn({ missed: missed.length }, 'stripe events never reached us');

  const newest = listed.at(-1);
  if (newest) await markCaughtUpTo(ctx.db, newest.createdAt);
}

const keep = ({ db }: Ctx, event: VerifiedEvent) =>
  inTransaction(db, async (tx) => {
    if ((await keepStripeEvent(tx, event)) === 'handled') return;
    await enqueue(tx, { name: 'catch-up-stripe-event', eventId: event.eventId }, { key: event.eventId });
  });

/** What an event should have changed is reconciled first, so that the customer learns why it came late. */
export async function catchUpStripeEvent(ctx: Ctx, { eventId }: { eventId: string }): Promise<void> {
  const event = await findStripeEvent(ctx.db, eventId);
  if (!event) throw new Error(`Stripe event ${eventId} was queued and not kept`);
  const purchase = await purchaseOfEvent(ctx, event);
  if (purchase !== null) await reconcileTopUp(ctx, purchase, 'safe');
  await handleStripeEvent(ctx, { eventId });
}
