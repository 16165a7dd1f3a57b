import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import { findBuyer } from '@/lib/db/buyers';
import { accountOfRow, type Ctx } from '@/lib/db/context';
import { autoTopUpPausedMail } from '@/lib/email/auto-top-up-paused-mail';
import { sendMail } from '@/lib/email/send-mail';
import { log } from '@/lib/log';
import { priceBook } from '@/price-books/price-book';

/** Mails an account's owner that nothing is bought by itself any more, and why; nothing where it goes on again already, or is off. */
export async function tellAutoTopUpPaused({ db }: Ctx, job: { accountId: string }): Promise<void> {
  const accountId = accountOfRow(BigInt(job.accountId));
  const rule = await findAutoTopUpRule(db, accountId);
  if (rule === null || !rule.enabled || rule.paused === null || rule.pausedAt === null) return;
  const owner = await findBuyer(db, { accountId, userId: null });
  if (owner === null || owner.email === null)
    return log.info(job, 'nobody is there to tell that auto top-up is paused');

  const { accountName, email: to } = owner;
  const { paused: because, pausedAt } = rule;
  await sendMail(
    await autoTopUpPausedMail(
      { accountId: job.accountId, accountName, to, because, pausedAt },
      priceBook().credit,
    ),
  );
}
