import type { Ctx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { enqueue } from '@/lib/db/queue';
import { keepStripeEvent } from '@/lib/db/stripe-events';
import { AppError } from '@/lib/domain/app-error';
import { log } from '@/lib/log';
import { verifyEvent } from '@/lib/stripe/verify-event';

export type Delivery = { body: Buffer; signature: string | null };

/** Keeps a signed delivery and queues its handling until it is handled. What is not signed leaves a log line only. */
export async function receiveStripeEvent({ db }: Ctx, { body, signature }: Delivery): Promise<void> {
  const event = await verifyEvent(body, signature);
  if (!event) {
    log.warn({ bytes: body.length }, 'webhook refused: no valid signature');
    throw new AppError('bad_signature', 'The signature is missing, stale or not ours.');
  }

  await inTransaction(db, async (tx) => {
    if ((await keepStripeEvent(tx, event)) === 'handled') return;
    // Also for a repeat: sent again from Stripe's dashboard, it revives a job that had given up.
    await enqueue(tx, { name: 'handle-stripe-event', eventId: event.eventId }, { key: event.eventId });
  });
}
