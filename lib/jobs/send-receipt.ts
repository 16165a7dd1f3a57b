import { accountOfRow, type Ctx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { enqueue } from '@/lib/db/queue';
import { readReceipt } from '@/lib/db/receipts';
import { receiptMail } from '@/lib/email/receipt-mail';
import { sendMail } from '@/lib/email/send-mail';
import { log } from '@/lib/log';
import { mirrorInvoice } from '@/lib/services/mirror-invoice';
import { settleTopUp } from '@/lib/services/settle-top-up';
import { priceBook } from '@/price-books/price-book';

type Job = { accountId: string; topUpId: string };

// Stripe makes the invoice after the payment, usually within seconds.
const WAIT_FOR_INVOICE_MS = 120_000;
const ASK_AGAIN_SECONDS = 5;

/** Mails what was bought to whoever bought it, with Stripe's invoice; without it only when Stripe takes very long. */
export async function sendReceipt(ctx: Ctx, job: Job): Promise<void> {
  const key = { accountId: accountOfRow(BigInt(job.accountId)), id: job.topUpId };
  await settleTopUp(ctx, key);
  const receipt = await readReceipt(ctx.db, key);
  if (!receipt) return log.info(job, 'nobody is there to send a receipt to');

  const age = ctx.now.getTime() - receipt.creditedAt.getTime();
  if (receipt.stripeInvoice === null && age < WAIT_FOR_INVOICE_MS) {
    const again = { key: job.topUpId, inSeconds: ASK_AGAIN_SECONDS };
    return inTransaction(ctx.db, (tx) => enqueue(tx, { name: 'send-receipt', ...job }, again));
  }
  // Its own event may never come, and the mail leads to the list.
  if (receipt.stripeInvoice !== null) await mirrorInvoice(ctx, receipt.stripeInvoice);
  await sendMail(await receiptMail(receipt, priceBook().credit));
}
