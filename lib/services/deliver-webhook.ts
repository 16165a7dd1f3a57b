import type { Ctx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { enqueue } from '@/lib/db/queue';
import { type ClaimedDelivery, markAttempt } from '@/lib/db/webhook-deliveries';
import { disableEndpoint, openSecret } from '@/lib/db/webhook-endpoints';
import { afterAttempt } from '@/lib/domain/webhook-retry';
import { env } from '@/lib/env';
import { send } from '@/lib/webhooks/send';
import { wallWith } from '@/lib/webhooks/wall';

const MS = 1_000;

/** Sends an event to an endpoint once, and writes down what came of it. A crash in between sends it again. */
export async function deliverWebhook({ db, now }: Ctx, delivery: ClaimedDelivery): Promise<void> {
  const {
    accountId,
    endpointId: id,
    eventId,
    url,
    body,
    sealedSecrets,
    isTest,
    attempts,
    createdAt,
  } = delivery;
  const secrets = sealedSecrets.map((stored) => openSecret(stored, { accountId, id }));
  const wall = wallWith({ toLoopback: env().COFFER_WEBHOOKS_TO_LOOPBACK });
  const attempt = await send({ url, id: eventId, body, secrets, at: now }, wall);
  const then = afterAttempt({ attempts, attempt, isTest });

  await inTransaction(db, async (tx) => {
    const nextAt = then.kind === 'retry' ? new Date(now.getTime() + then.inSeconds * MS) : null;
    const state = ({ delivered: 'delivered', retry: 'waiting', 'give-up': 'failed' } as const)[then.kind];
    const isNews = await markAttempt(tx, { delivery, attempt, state, nextAt, now });
    if (!isNews || then.kind !== 'give-up' || then.disables === null) return;

    const because = then.disables;
    if (!(await disableEndpoint(tx, { accountId, id, because, since: createdAt }))) return;
    const at = now.toISOString();
    const job = { name: 'tell-webhook-disabled', accountId: `${accountId}`, endpointId: id, at } as const;
    await enqueue(tx, job, { key: `${id}:${at}` });
  });
}
