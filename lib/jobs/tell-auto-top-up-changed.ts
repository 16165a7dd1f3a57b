import { findAutoTopUpConsent } from '@/lib/db/auto-top-up-rules';
import { findBuyer } from '@/lib/db/buyers';
import { accountOfRow, type Ctx } from '@/lib/db/context';
import { autoTopUpChangedMail } from '@/lib/email/auto-top-up-changed-mail';
import { sendMail } from '@/lib/email/send-mail';
import { log } from '@/lib/log';
import { priceBook } from '@/price-books/price-book';

type Job = { accountId: string; version: string };

/** Mails an account's owner the receipt of one change of the rule: what it was and became, who did it, and the text agreed to. */
export async function tellAutoTopUpChanged({ db }: Ctx, job: Job): Promise<void> {
  const accountId = accountOfRow(BigInt(job.accountId));
  const consent = await findAutoTopUpConsent(db, { accountId, version: BigInt(job.version) });
  const owner = await findBuyer(db, { accountId, userId: null });
  if (consent === null || owner === null || owner.email === null)
    return log.info(job, 'nobody is there to tell that auto top-up was changed');

  const { accountName, email: to } = owner;
  await sendMail(
    await autoTopUpChangedMail({ accountId: job.accountId, accountName, to, consent }, priceBook()),
  );
}
