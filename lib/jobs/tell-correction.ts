import { accountOfRow, type Ctx } from '@/lib/db/context';
import { readCorrection } from '@/lib/db/reconciliation';
import type { FindingClass } from '@/lib/domain/reconciliation';
import { correctionMail } from '@/lib/email/correction-mail';
import { sendMail } from '@/lib/email/send-mail';
import { log } from '@/lib/log';
import { priceBook } from '@/price-books/price-book';

type Job = { accountId: string; topUpId: string; found: FindingClass };

/** Mails a buyer what was wrong with a purchase, and that it is put right. */
export async function tellCorrection({ db }: Ctx, { accountId, topUpId: id, found }: Job): Promise<void> {
  const correction = await readCorrection(db, { accountId: accountOfRow(BigInt(accountId)), id, found });
  if (correction === null) return log.info({ id, found }, 'nobody is there to tell of a correction');
  await sendMail(await correctionMail(correction, priceBook().credit));
}
