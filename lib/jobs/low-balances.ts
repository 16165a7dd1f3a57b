import { findAlerted, findAlertLevels } from '@/lib/db/alerts';
import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import { accountOfRow, type Ctx } from '@/lib/db/context';
import { dueLowBalances, findAvailable } from '@/lib/db/low-balance';
import { readPace } from '@/lib/db/pace';
import { enqueueDue } from '@/lib/db/queue';
import { alertLevelsOf, balanceLevelOf, isLower, type LowBalance } from '@/lib/domain/low-balance';
import { runwayOf } from '@/lib/domain/runway';
import { lowBalanceMail } from '@/lib/email/low-balance-mail';
import { sendMailToEach } from '@/lib/email/send-mail';
import { log } from '@/lib/log';
import { noticeLowBalance as notice } from '@/lib/services/notice-low-balance';
import { priceBook } from '@/price-books/price-book';

import { MOST_A_TICK } from './schedule';

/** Finds accounts that have little left and were not told so yet: what no charge noticed, as credits that expired. */
export async function findLowBalances({ db }: Ctx): Promise<void> {
  const due = await dueLowBalances(db, alertLevelsOf(priceBook(), null), MOST_A_TICK);
  await enqueueDue(
    db,
    due.map(String).map((accountId) => ({ name: 'notice-low-balance', accountId, key: accountId })),
  );
}

export async function noticeLowBalance(ctx: Ctx, { accountId }: { accountId: string }): Promise<void> {
  await notice({ ...ctx, accountId: accountOfRow(BigInt(accountId)) });
}

type Told = { accountId: string; level: LowBalance; noticedAt: string };

/** Mails who wants to know of an account that little is left, and how long that lasts; nothing where there is enough by now. */
export async function tellLowBalance({ db }: Ctx, job: Told): Promise<void> {
  const accountId = accountOfRow(BigInt(job.accountId));
  const book = priceBook();
  const now = await findAvailable(db, accountId);
  if (now === null) return;
  const level = balanceLevelOf(now.available, alertLevelsOf(book, await findAlertLevels(db, accountId)));
  // Further down is news of its own.
  if (level === 'enough' || isLower(level, job.level)) return;
  const { accountName, emails } = await findAlerted(db, { accountId, alert: 'low_balance' });
  if (emails.length === 0) return log.info(job, 'nobody is there to tell that little is left');

  const { available, asOf } = now;
  const pace = await readPace(db, { accountId, now: asOf });
  const rule = await findAutoTopUpRule(db, accountId);
  await sendMailToEach(
    emails,
    await lowBalanceMail(
      {
        ...job,
        accountName,
        available,
        runway: runwayOf(available, pace, asOf),
        autoTopUp: rule === null || !rule.enabled ? 'off' : rule.paused === null ? 'on' : 'paused',
      },
      book.credit,
    ),
  );
}
