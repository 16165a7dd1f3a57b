import type { AccountId, Ctx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { credit } from '@/lib/db/ledger';
import { enqueue } from '@/lib/db/queue';
import { listStripeCustomers } from '@/lib/db/stripe-customers';
import {
  attachStripeIds,
  claimPayment,
  findTopUp,
  lockTopUp,
  markCredited,
  markStatus,
} from '@/lib/db/top-ups';
import { AppError } from '@/lib/domain/app-error';
import { type Checkout, settlementOf } from '@/lib/domain/top-up';
import { readCheckout } from '@/lib/stripe/checkout';

export type TopUpKey = { accountId: AccountId; id: string };

/** Asks Stripe what became of a top-up's payment page and does what follows: credits once, whoever asks, however often. */
export async function settleTopUp(ctx: Ctx, key: TopUpKey, saidSession?: string): Promise<void> {
  const topUp = await findTopUp(ctx.db, key);
  if (!topUp) throw new AppError('not_found', 'There is no such purchase.');
  // A crash may have come between opening the page and remembering it; then the news names the page.
  const session = topUp.stripeSession ?? saidSession;
  if (session === undefined) return;

  await applyCheckout(ctx, key, await readCheckout(session));
}

/** The same for a customer who waits: false when Stripe cannot be asked, because an event or the next look will tell. */
export async function settleIfAnswered(ctx: Ctx, key: TopUpKey): Promise<boolean> {
  try {
    await settleTopUp(ctx, key);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'payment_unavailable') return false;
    throw error;
  }
}

async function applyCheckout({ db, now }: Ctx, key: TopUpKey, checkout: Checkout): Promise<void> {
  const customers = await listStripeCustomers(db, key.accountId);
  await inTransaction(db, async (tx) => {
    const topUp = await lockTopUp(tx, key);
    if (!topUp) throw new Error(`Top-up ${key.id} vanished`);

    const settlement = settlementOf(topUp, customers, checkout);
    if (settlement.kind === 'refuse')
      throw new Error(`Top-up ${topUp.id} and ${checkout.session}: ${settlement.because}`);
    await attachStripeIds(tx, key, checkout);
    if (settlement.kind === 'leave') return;
    if (settlement.kind === 'move') return markStatus(tx, key, settlement.to);

    if (checkout.payment !== null) await claim(tx, key, { ...checkout, payment: checkout.payment });
    await credit(tx, { accountId: key.accountId, amount: topUp.credits, kind: 'topup', reference: topUp.id });
    await markCredited(tx, key, now);
    await enqueue(
      tx,
      { name: 'send-receipt', accountId: key.accountId.toString(), topUpId: topUp.id },
      { key: topUp.id },
    );
  });
}

async function claim(
  tx: Parameters<typeof claimPayment>[0],
  key: TopUpKey,
  paid: Parameters<typeof claimPayment>[2],
): Promise<void> {
  if (await claimPayment(tx, key, paid)) return;
  throw new Error(`Payment ${paid.payment} already paid for another top-up than ${key.id}`);
}
