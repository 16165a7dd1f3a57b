import { pauseAutoTopUp } from '@/lib/db/auto-top-up-rules';
import type { Ctx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { enqueue, keyOfTopUp } from '@/lib/db/queue';
import { openRecovery as open } from '@/lib/db/recoveries';
import { attachStripeIds, lockTopUp, markStatus, type TopUpRow } from '@/lib/db/top-ups';
import { declineOf } from '@/lib/domain/decline';
import type { PaymentFact } from '@/lib/domain/recovery';
import type { ChargedInvoice } from '@/lib/domain/top-up';
import { readPayment } from '@/lib/stripe/payments';

type Refused = ChargedInvoice & { state: 'declined' | 'authentication-required' };

/**
 * Begins to follow a payment that was refused without the customer: auto top-up stops, and the owner is told once, of
 * the first refusal. The invoice stays open for them.
 */
export async function openRecovery({ db, now: at }: Ctx, topUp: TopUpRow, invoice: Refused): Promise<void> {
  const { state, payment, invoice: id } = invoice;
  if (payment === null) throw new Error(`Invoice ${id} was refused and has no payment`);
  const { refusal, card } = await readPayment(payment);
  const fact: PaymentFact =
    state === 'declined'
      ? { kind: state, attempt: 1, decline: declineOf(refusal).class }
      : { kind: state, attempt: 1 };

  await inTransaction(db, async (tx) => {
    const kept = await lockTopUp(tx, topUp);
    if (kept?.status !== 'started' && kept?.status !== 'processing') return;
    await attachStripeIds(tx, topUp, { payment, invoice: id });
    await markStatus(tx, topUp, 'open');
    if (!(await open(tx, topUp, { fact, refusal, card, at }))) return;
    // The mail about the payment says that it is paused, too.
    await pauseAutoTopUp(tx, {
      accountId: topUp.accountId,
      because: state === 'declined' ? 'card-declined' : state,
    });
    await enqueue(
      tx,
      { name: 'tell-payment-needs-customer', accountId: topUp.accountId.toString(), topUpId: topUp.id },
      { key: keyOfTopUp(topUp) },
    );
  });
}
