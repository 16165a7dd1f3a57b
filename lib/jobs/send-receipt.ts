import { accountOfRow, type Ctx } from '@/lib/db/context';
import { readReceipt } from '@/lib/db/receipts';
import { receiptMail } from '@/lib/email/receipt-mail';
import { sendMail } from '@/lib/email/send-mail';
import { settleTopUp } from '@/lib/services/settle-top-up';
import { priceBook } from '@/price-books/price-book';

/** Mails what was bought to whoever bought it, with Stripe's invoice where there is one by now. */
export async function sendReceipt(ctx: Ctx, job: { accountId: string; topUpId: string }): Promise<void> {
  const key = { accountId: accountOfRow(BigInt(job.accountId)), id: job.topUpId };
  // Stripe makes the invoice after the payment: asking again attaches it when the first answer came too early.
  await settleTopUp(ctx, key);
  const receipt = await readReceipt(ctx.db, key);
  if (!receipt) throw new Error(`Top-up ${key.id} has no receipt to send`);

  await sendMail(await receiptMail(receipt, priceBook().credit));
}
