import { findAccount } from '@/lib/db/accounts';
import { listPayers } from '@/lib/db/alerts';
import { findBill } from '@/lib/db/bills';
import { accountOfRow, type Ctx } from '@/lib/db/context';
import { findTopUp } from '@/lib/db/top-ups';
import { billMail } from '@/lib/email/bill-mail';
import { sendMailToEach } from '@/lib/email/send-mail';
import { log } from '@/lib/log';

type Job = { accountId: string; topUpId: string; news: 'sent' | 'overdue' };

/** Mails who sees to an account's billing that a month's invoice is there, or overdue; nothing once it is paid. */
export async function tellBill({ db }: Ctx, job: Job): Promise<void> {
  const key = { accountId: accountOfRow(BigInt(job.accountId)), id: job.topUpId };
  const [bill, topUp] = await Promise.all([findBill(db, key), findTopUp(db, key)]);
  if (bill === null || bill.dueAt === null || topUp?.status !== 'open') return;
  const accountName = (await findAccount(db, key.accountId))?.name ?? '';
  const emails = await listPayers(db, key.accountId);
  if (emails.length === 0) log.info(job, 'nobody is there to tell of an invoice');
  const { id: topUpId, priceCents, currency } = topUp;
  const { month, dueAt, poNumber } = bill;
  const told = { topUpId, accountName, month, priceCents, currency, dueAt, poNumber, news: job.news };
  await sendMailToEach(emails, await billMail(told));
}
