import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { Ctx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { lockTopUp, markStatus } from '@/lib/db/top-ups';
import { findInvoice } from '@/lib/stripe/invoices';

import { pauseAutoTopUp } from './pause-auto-top-up';
import type { TopUpKey } from './settle-top-up';

/**
 * Ends the claim whose invoice is gone at Stripe. Only a draft can be deleted there, so nothing was paid for it; that
 * somebody did is a reason to stop, and to say so.
 */
export async function endLostClaim({ db }: Ctx, key: TopUpKey, invoice: string): Promise<void> {
  if ((await findInvoice(invoice)) !== null) return;
  await inTransaction(db, async (tx) => {
    const topUp = await lockTopUp(tx, key);
    if (topUp?.status !== 'started' || topUp.stripeInvoice !== invoice) return;
    await markStatus(tx, key, 'failed');
    const rule = await findAutoTopUpRule(tx, key.accountId);
    if (rule?.enabled === true) await pauseAutoTopUp(tx, key.accountId, 'payment-withdrawn');
  });
}
