import { listPayerEmails } from '@/lib/db/buyers';
import { accountOfRow, type Ctx } from '@/lib/db/context';
import { readLedgerBalance } from '@/lib/db/ledger/balance';
import { findStaffAction } from '@/lib/db/staff-actions';
import { sendMailToEach } from '@/lib/email/send-mail';
import { staffActionMail } from '@/lib/email/staff-action-mail';
import { log } from '@/lib/log';
import { priceBook } from '@/price-books/price-book';

/** Mails who pays for an account what staff added to its credits or took from them, and why. */
export async function tellStaffAction({ db }: Ctx, job: { accountId: string; id: string }): Promise<void> {
  const accountId = accountOfRow(BigInt(job.accountId));
  const action = await findStaffAction(db, { accountId, id: job.id });
  if (action?.state !== 'done' || action.amount === null) return;
  const emails = await listPayerEmails(db, accountId);
  if (emails.length === 0) return log.info(job, 'nobody is there to tell what staff did');
  const { accountName, kind, amount, expiresAt, reason } = action;
  const balance = await readLedgerBalance(db, accountId);
  const told = { id: job.id, accountName, isTaken: kind === 'debit', amount, expiresAt, reason, balance };
  await sendMailToEach(emails, await staffActionMail(told, priceBook().credit));
}
