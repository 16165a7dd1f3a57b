import { accountOfRow, type Ctx } from '@/lib/db/context';
import { readMoneyBackNews } from '@/lib/db/money-back';
import type { MoneyBackState } from '@/lib/domain/money-back';
import { moneyBackMail } from '@/lib/email/money-back-mail';
import { sendMail } from '@/lib/email/send-mail';
import { log } from '@/lib/log';
import { priceBook } from '@/price-books/price-book';

type Job = { accountId: string; id: string; state: MoneyBackState };

/** Mails a buyer how a refund or dispute stands; nothing where it has come further since, of which another mail tells. */
export async function tellMoneyBack({ db }: Ctx, job: Job): Promise<void> {
  const news = await readMoneyBackNews(db, { accountId: accountOfRow(BigInt(job.accountId)), id: job.id });
  if (news === null) return log.info(job, 'nobody is there to tell of money that went back');
  if (news.state === job.state) await sendMail(await moneyBackMail(news, priceBook().credit));
}
