import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import { findBuyer } from '@/lib/db/buyers';
import { dueExpiryNotices, findDefaultCard } from '@/lib/db/card-expiry';
import { accountOfRow, type Ctx } from '@/lib/db/context';
import { enqueueDue } from '@/lib/db/queue';
import { expiryOf, type NoticeDays } from '@/lib/domain/card';
import { isChargedBy } from '@/lib/domain/default-card';
import { cardExpiryMail } from '@/lib/email/card-expiry-mail';
import { sendMail } from '@/lib/email/send-mail';
import { log } from '@/lib/log';
import { noticeCardExpiry as notice } from '@/lib/services/notice-card-expiry';
import { priceBook } from '@/price-books/price-book';

import { MOST_A_TICK } from './schedule';

/** Finds accounts whose default card ends soon, and who were not told so yet. */
export async function findExpiringCards({ db }: Ctx): Promise<void> {
  const due = await dueExpiryNotices(db, MOST_A_TICK);
  await enqueueDue(
    db,
    due.map(String).map((accountId) => ({ name: 'notice-card-expiry', accountId, key: accountId })),
  );
}

export async function noticeCardExpiry(ctx: Ctx, { accountId }: { accountId: string }): Promise<void> {
  await notice({ ...ctx, accountId: accountOfRow(BigInt(accountId)) });
}

type Told = { accountId: string; paymentMethod: string; daysBefore: NoticeDays };

/** Mails an account's owner that the default card ends soon; nothing where another one took its place since. */
export async function tellCardExpires({ db }: Ctx, job: Told): Promise<void> {
  const accountId = accountOfRow(BigInt(job.accountId));
  const { card, asOf } = await findDefaultCard(db, accountId);
  if (card?.paymentMethod !== job.paymentMethod || expiryOf(card, asOf) !== 'soon') return;
  const owner = await findBuyer(db, { accountId, userId: null });
  if (owner === null || owner.email === null)
    return log.info(job, 'nobody is there to tell that a card expires');

  const rule = await findAutoTopUpRule(db, accountId);
  const isUsedByAutoTopUp = rule !== null && isChargedBy(rule, card);
  const { accountName, email: to } = owner;
  const { daysBefore } = job;
  await sendMail(
    await cardExpiryMail({ accountName, to, card, daysBefore, isUsedByAutoTopUp }, priceBook().credit),
  );
}
