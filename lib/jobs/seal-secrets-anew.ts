import type { Ctx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { sealSecretsAnew as sealWebhookSecrets } from '@/lib/db/webhook-endpoints';
import { log } from '@/lib/log';

/** Brings what is stored sealed under the environment's secret of today, so that the former one may be forgotten. */
export async function sealSecretsAnew({ db }: Ctx): Promise<void> {
  const endpoints = await inTransaction(db, (tx) => sealWebhookSecrets(tx));
  if (endpoints > 0) log.info({ endpoints }, 'secrets of endpoints were sealed anew');
}
