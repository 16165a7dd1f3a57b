import type { Ctx } from '@/lib/db/context';
import { findStripeEvent, markHandled } from '@/lib/db/stripe-events';

import { stripeEventHandlers } from './stripe-events';

/** Works off one kept event. A repeat finds everything done and changes nothing. */
export async function handleStripeEvent(ctx: Ctx, { eventId }: { eventId: string }): Promise<void> {
  const event = await findStripeEvent(ctx.db, eventId);
  if (!event) throw new Error(`Stripe event ${eventId} was queued and not kept`);

  await stripeEventHandlers.get(event.type)?.(ctx, event.objectId);
  await markHandled(ctx.db, event.eventId, ctx.now);
}
