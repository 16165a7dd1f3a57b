import type { AccountId, Ctx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { credit } from '@/lib/db/ledger';
import { enqueue, keyOfTopUp } from '@/lib/db/queue';
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
import type { Cents } from '@/lib/domain/credits';
import { lastsUntil } from '@/lib/domain/lasts-until';
import { type Settlement, settlementOf, settlementOfInvoice, type TopUp } from '@/lib/domain/top-up';
import { readCheckout } from '@/lib/stripe/checkout';
import { readInvoice } from '@/lib/stripe/invoices';
import { priceBook } from '@/price-books/price-book';

import { endRecovery } from './end-recovery';
import { ifAnswered } from './if-answered';
import { isPaidByRuleCard } from './is-paid-by-rule-card';
import { liftOverdue } from './lift-overdue';

export type TopUpKey = { accountId: AccountId; id: string };

/** Asks Stripe what became of a top-up's payment page or invoice and does what follows: credits once, whoever asks, however often. */
export async function settleTopUp(ctx: Ctx, key: TopUpKey, saidSession?: string): Promise<void> {
  const topUp = await findTopUp(ctx.db, key);
  if (!topUp) throw new AppError('not_found', 'There is no such purchase.');
  if (topUp.origin !== 'manual') return settleInvoice(ctx, key, topUp.stripeInvoice);
  // A crash may have come between opening the page and remembering it; then the news names the page.
  const session = topUp.stripeSession ?? saidSession;
  if (session === undefined) return;

  const checkout = await readCheckout(session);
  await apply(ctx, key, checkout, (kept, customers) => settlementOf(kept, customers, checkout));
}

/** Nothing can have been paid for it before its invoice was kept. */
async function settleInvoice(ctx: Ctx, key: TopUpKey, id: string | null): Promise<void> {
  if (id === null) return;
  const invoice = await readInvoice(id);
  const isByRuleCard = invoice.state === 'paid' && (await isPaidByRuleCard(ctx, key, invoice.payment));
  await apply(ctx, key, { ...invoice, isByRuleCard }, (kept, customers) =>
    settlementOfInvoice(kept, customers, invoice),
  );
}

/** The same for a customer who waits: false when Stripe cannot be asked, because an event or the next look will tell. */
export const settleIfAnswered = async (ctx: Ctx, key: TopUpKey): Promise<boolean> =>
  (await ifAnswered(settleTopUp(ctx, key).then(() => true))) ?? false;

type Said = {
  session?: string;
  payment: string | null;
  invoice: string | null;
  received: Cents;
  currency: string;
  isByRuleCard?: boolean;
};

async function apply(
  { db, now }: Ctx,
  key: TopUpKey,
  said: Said,
  settlementFor: (topUp: TopUp, customers: readonly string[]) => Settlement,
): Promise<void> {
  const customers = await listStripeCustomers(db, key.accountId);
  await inTransaction(db, async (tx) => {
    const topUp = await lockTopUp(tx, key);
    if (!topUp) throw new Error(`Top-up ${key.id} vanished`);

    const settlement = settlementFor(topUp, customers);
    if (settlement.kind === 'refuse')
      throw new Error(`Top-up ${topUp.id} and ${said.session ?? said.invoice}: ${settlement.because}`);
    await attachStripeIds(tx, key, said);
    if (settlement.kind === 'leave') return;
    if (settlement.kind === 'move') {
      if (settlement.to === 'failed') await endRecovery(tx, key, { kind: 'lapsed', at: now });
      await markStatus(tx, key, settlement.to);
      if (topUp.origin === 'invoice') await liftOverdue(tx, key.accountId);
      return;
    }

    if (said.payment !== null) await claim(tx, key, { ...said, payment: said.payment });
    const expiresAt = lastsUntil(priceBook().grants.purchaseExpiryDays, now);
    const bought = {
      accountId: key.accountId,
      amount: topUp.credits,
      kind: 'topup',
      reference: topUp.id,
    } as const;
    await credit(tx, { ...bought, ...(expiresAt === null ? {} : { expiresAt }) });
    await markCredited(tx, key, now);
    if (topUp.origin === 'invoice') await liftOverdue(tx, key.accountId);
    await endRecovery(tx, key, { kind: 'paid', at: now, isByRuleCard: said.isByRuleCard === true });
    await enqueue(
      tx,
      { name: 'send-receipt', accountId: key.accountId.toString(), topUpId: topUp.id },
      { key: keyOfTopUp(key) },
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
