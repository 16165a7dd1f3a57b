import { findAlerted } from '@/lib/db/alerts';
import { accountOfRow, type Ctx } from '@/lib/db/context';
import { dueCreditExpiries, listExpiringCredits } from '@/lib/db/credit-expiry';
import { enqueueDue } from '@/lib/db/queue';
import { creditExpiryMail } from '@/lib/email/credit-expiry-mail';
import { sendMailToEach } from '@/lib/email/send-mail';
import { log } from '@/lib/log';
import { noticeCreditExpiry as notice } from '@/lib/services/notice-credit-expiry';
import { priceBook } from '@/price-books/price-book';

import { MOST_A_TICK } from './schedule';

/** Finds accounts with credits that expire soon, and who were not told so yet. */
export async function findExpiringCredits({ db }: Ctx): Promise<void> {
  const due = await dueCreditExpiries(db, MOST_A_TICK);
  await enqueueDue(
    db,
    due.map(String).map((accountId) => ({ name: 'notice-credit-expiry', accountId, key: accountId })),
  );
}

export async function noticeCreditExpiry(ctx: Ctx, { accountId }: { accountId: string }): Promise<void> {
  await notice({ ...ctx, accountId: accountOfRow(BigInt(accountId)) });
}

/** Mails who wants to know of an account which of its credits expire soon; nothing where they are used by now. */
export async function tellCreditsExpire(
  { db }: Ctx,
  job: { accountId: string; noticedAt: string },
): Promise<void> {
  const accountId = accountOfRow(BigInt(job.accountId));
  const expiring = await listExpiringCredits(db, { accountId, at: new Date(job.noticedAt) });
  if (expiring.length === 0) return;
  const { accountName, emails } = await findAlerted(db, { accountId, alert: 'credits_expire' });
  if (emails.length === 0) return log.info(job, 'nobody is there to tell that credits expire');
  await sendMailToEach(emails, await creditExpiryMail({ ...job, accountName, expiring }, priceBook().credit));
}
