import { findBuyer } from '@/lib/db/buyers';
import { accountOfRow, type Ctx } from '@/lib/db/context';
import { findEndpoint } from '@/lib/db/webhook-endpoints';
import { sendMail } from '@/lib/email/send-mail';
import { webhookDisabledMail } from '@/lib/email/webhook-disabled-mail';
import { log } from '@/lib/log';

type Job = { accountId: string; endpointId: string; at: string };

/** Mails an account's owner that a system of theirs hears of nothing more; nothing where it does again already. */
export async function tellWebhookDisabled({ db }: Ctx, job: Job): Promise<void> {
  const accountId = accountOfRow(BigInt(job.accountId));
  const endpoint = await findEndpoint(db, { accountId, id: job.endpointId });
  if (endpoint === null || endpoint.disabledBecause === null) return;
  const owner = await findBuyer(db, { accountId, userId: null });
  if (owner === null || owner.email === null)
    return log.info(job, 'nobody is there to tell that an endpoint is disabled');

  const { accountName, email: to } = owner;
  const { url, disabledBecause: because } = endpoint;
  await sendMail(
    await webhookDisabledMail({ endpointId: job.endpointId, accountName, to, url, because, at: job.at }),
  );
}
