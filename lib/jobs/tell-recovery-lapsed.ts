import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import { findBuyer } from '@/lib/db/buyers';
import { accountOfRow, type Ctx } from '@/lib/db/context';
import { findRecovery } from '@/lib/db/recoveries';
import { findTopUp } from '@/lib/db/top-ups';
import { readWaiting } from '@/lib/db/waiting';
import { recoveryLapsedMail } from '@/lib/email/recovery-lapsed-mail';
import { sendMail } from '@/lib/email/send-mail';
import { log } from '@/lib/log';
import { priceBook } from '@/price-books/price-book';

type Job = { accountId: string; topUpId: string };

/** Mails an account's owner that a payment waited for them too long; nothing where money came after all. */
export async function tellRecoveryLapsed({ db }: Ctx, job: Job): Promise<void> {
  const key = { accountId: accountOfRow(BigInt(job.accountId)), id: job.topUpId };
  const [row, topUp, rule] = await Promise.all([
    findRecovery(db, key),
    findTopUp(db, key),
    findAutoTopUpRule(db, key.accountId),
  ]);
  if (row?.recovery.kind !== 'lapsed' || topUp === null) return;
  const owner = await findBuyer(db, { accountId: key.accountId, userId: null });
  if (owner === null || owner.email === null)
    return log.info(job, 'nobody is there to tell that a payment has ended');

  const { waiting } = await readWaiting(db, key.accountId);
  const { credits, priceCents, currency } = topUp;
  const mail = await recoveryLapsedMail(
    {
      topUpId: topUp.id,
      accountName: owner.accountName,
      to: owner.email,
      credits,
      priceCents,
      currency,
      openedAt: row.openedAt,
      isPaused: rule !== null && rule.enabled && rule.paused !== null,
      waiting: waiting.length,
    },
    priceBook().credit,
  );
  await sendMail(mail);
}
