import { findAlerted } from '@/lib/db/alerts';
import { readClock } from '@/lib/db/clock';
import { accountOfRow, type Ctx } from '@/lib/db/context';
import { duePurgeNotices, listComingPurges } from '@/lib/db/purge-notices';
import { enqueueDue } from '@/lib/db/queue';
import { readWaiting } from '@/lib/db/waiting';
import { serviceOf } from '@/lib/domain/price-book';
import { neededToRelease } from '@/lib/domain/release-plan';
import { purgeMail } from '@/lib/email/purge-mail';
import { sendMailToEach } from '@/lib/email/send-mail';
import { log } from '@/lib/log';
import { noticePurges as notice } from '@/lib/services/notice-purges';
import { priceBook } from '@/price-books/price-book';

import { MOST_A_TICK } from './schedule';

/** Finds accounts with unpaid work that is thrown away soon, and who were not warned of it yet. */
export async function findComingPurges({ db }: Ctx): Promise<void> {
  const due = await duePurgeNotices(db, MOST_A_TICK);
  await enqueueDue(
    db,
    due.map(String).map((accountId) => ({ name: 'notice-purges', accountId, key: accountId })),
  );
}

export async function noticePurges(ctx: Ctx, { accountId }: { accountId: string }): Promise<void> {
  await notice({ ...ctx, accountId: accountOfRow(BigInt(accountId)) });
}

/** Mails who wants to know of an account which work is thrown away soon, and what releases it; nothing where it is paid by now. */
export async function tellPurges({ db }: Ctx, job: { accountId: string; noticedAt: string }): Promise<void> {
  const accountId = accountOfRow(BigInt(job.accountId));
  const coming = await listComingPurges(db, { accountId, at: new Date(job.noticedAt) });
  if (coming.length === 0) return;
  const { accountName, emails } = await findAlerted(db, { accountId, alert: 'work_purged' });
  if (emails.length === 0) return log.info(job, 'nobody is there to tell that work is thrown away');

  const { waiting, room } = await readWaiting(db, accountId);
  const references = new Set(coming.map(({ reference }) => reference));
  const book = priceBook();
  await sendMailToEach(
    emails,
    await purgeMail(
      {
        ...job,
        accountName,
        coming: coming.map(({ service, ...one }) => ({
          ...one,
          title: serviceOf(book, service)?.title ?? service,
        })),
        needed: neededToRelease(waiting, { references, room }),
        now: await readClock(db),
      },
      book.credit,
    ),
  );
}
