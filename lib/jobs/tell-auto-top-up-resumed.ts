import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import { findBuyer } from '@/lib/db/buyers';
import { accountOfRow, type Ctx } from '@/lib/db/context';
import { sayRule } from '@/lib/domain/auto-top-up-agreement';
import { autoTopUpResumedMail } from '@/lib/email/auto-top-up-resumed-mail';
import { sendMail } from '@/lib/email/send-mail';
import { log } from '@/lib/log';
import { priceBook } from '@/price-books/price-book';

type Job = { accountId: string; pausedAt: string };

/** Mails an account's owner that auto top-up goes on; nothing where it has stopped again already, which has a mail of its own. */
export async function tellAutoTopUpResumed({ db }: Ctx, job: Job): Promise<void> {
  const accountId = accountOfRow(BigInt(job.accountId));
  const rule = await findAutoTopUpRule(db, accountId);
  if (rule === null || rule.paused !== null || !rule.enabled) return;
  const owner = await findBuyer(db, { accountId, userId: null });
  if (owner === null || owner.email === null)
    return log.info(job, 'nobody is there to tell that auto top-up goes on');

  const { accountName, email: to } = owner;
  await sendMail(await autoTopUpResumedMail({ ...job, accountName, to, rule: sayRule(rule, priceBook()) }));
}
