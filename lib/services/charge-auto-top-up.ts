import { type AutoTopUpRuleRow, findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountId, Ctx } from '@/lib/db/context';
import { inTransaction, type Tx } from '@/lib/db/database';
import { lockAutoTopUpFacts } from '@/lib/db/ledger/auto-top-up';
import { findTopUp, keepInvoice, lockTopUp, markStatus, type TopUpRow } from '@/lib/db/top-ups';
import type { AutoTopUpRule } from '@/lib/domain/auto-top-up';
import { creditWords } from '@/lib/domain/credit-words';
import type { ChargedInvoice } from '@/lib/domain/top-up';
import type { ChargeableCard } from '@/lib/stripe/cards';
import {
  addToInvoice,
  draftInvoice,
  finalizeInvoice,
  findInvoice,
  payInvoice,
  voidInvoice,
} from '@/lib/stripe/invoices';
import { priceBook } from '@/price-books/price-book';

import { cardOfAccount } from './card-of-account';
import { endLostClaim } from './end-lost-claim';
import { openRecovery } from './open-recovery';
import { pauseAutoTopUp } from './pause-auto-top-up';
import { recordDecision } from './record-decision';
import { settleTopUp, type TopUpKey } from './settle-top-up';
import { tendRecovery } from './tend-recovery';

type Because = NonNullable<AutoTopUpRule['paused']>;

// Item, finalize, pay, a look at the end: no invoice needs more.
const MOST_STEPS = 5;
// Long enough for whoever set a wrong key of Stripe to notice: with that, every invoice is missing.
const LOST_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * Charges a claimed top-up to its end: credited, or waiting for its customer, or failed, either with the rule paused.
 * Each step first asks Stripe what the last one came to, and only one invoice is ever paid for a top-up, so that it may
 * be repeated, and done by several at once. One that waits already is tended. Throws `payment_unavailable` where Stripe does not answer: nothing is decided then, and the next try goes on.
 */
export async function chargeAutoTopUp(ctx: Ctx, key: TopUpKey): Promise<void> {
  const topUp = await findTopUp(ctx.db, key);
  if (topUp?.origin !== 'auto') throw new Error(`Top-up ${key.id} is no auto top-up`);
  if (topUp.status === 'open') return tendRecovery(ctx, key);
  if (topUp.status !== 'started' && topUp.status !== 'processing') return;

  const rule = await findAutoTopUpRule(ctx.db, key.accountId);
  if (topUp.stripeInvoice === null && !(await isWanted(ctx, key))) return failBeforeInvoice(ctx, key, null);
  const { customer, card } = await cardOfAccount({ ...ctx, ...key }, rule?.paymentMethod ?? null);
  const id = topUp.stripeInvoice ?? (await newInvoice(ctx, topUp, { customer, card }));
  if (id === null)
    return failBeforeInvoice(ctx, key, card.kind === 'expired' ? 'card-expired' : 'card-missing');

  for (let step = 0; step < MOST_STEPS; step += 1) {
    // Before the invoice: a pause of another worker's decline is then never taken for one that came before the payment.
    const isStillWanted = await isWanted(ctx, key);
    const invoice = await findInvoice(id);
    if (invoice === null) return lost(ctx, topUp, id);
    if (!(await advance(ctx, { topUp, invoice, card, isStillWanted }))) return settleTopUp(ctx, key);
  }
  throw new Error(`Invoice ${id} of top-up ${key.id} comes to no end`);
}

/** Stripe's news that the draft was deleted ends it sooner. */
async function lost(ctx: Ctx, topUp: TopUpRow, invoice: string): Promise<void> {
  const isOld = ctx.now.getTime() - topUp.createdAt.getTime() >= LOST_AFTER_MS;
  if (!isOld) throw new Error(`Invoice ${invoice} of top-up ${topUp.id} is not at Stripe`);
  await endLostClaim(ctx, topUp, invoice);
}

/** A claim may be older than its customer's change of mind, than a dispute, or than a freeze of the account. */
async function isWanted({ db }: Ctx, { accountId }: TopUpKey): Promise<boolean> {
  const rule = await findAutoTopUpRule(db, accountId);
  if (rule === null || !rule.enabled || rule.paused !== null) return false;
  return !(await inTransaction(db, (tx) => recordRestriction(tx, accountId, rule)));
}

/** Nothing moves on a frozen account. True where it is one; the flight recorder then says why the claim ends. */
async function recordRestriction(tx: Tx, accountId: AccountId, rule: AutoTopUpRuleRow): Promise<boolean> {
  const known = await lockAutoTopUpFacts(tx, accountId);
  if (!known.isFrozen) return false;
  const facts = { ...known, trigger: { kind: 'scheduled' }, card: 'ok', isRestricted: true } as const;
  const decision = { kind: 'wait', because: 'account-restricted', until: null } as const;
  await recordDecision(tx, accountId, { rule, facts, decision, at: facts.asOf, topUpId: null });
  return true;
}

/** Null where there is nothing to charge it to. */
async function newInvoice(
  { db }: Ctx,
  topUp: TopUpRow,
  { customer, card }: { customer: string | null; card: ChargeableCard },
): Promise<string | null> {
  if (customer === null || card.kind !== 'ok') return null;
  const drafted = await draftInvoice({
    topUpId: topUp.id,
    accountId: topUp.accountId.toString(),
    customer,
    currency: topUp.currency,
  });
  return drafted === null ? null : keepInvoice(db, topUp, drafted);
}

type Charging = { topUp: TopUpRow; invoice: ChargedInvoice; card: ChargeableCard; isStillWanted: boolean };

/** One step; false where the invoice has come to its end, or waits: for the bank, or for the customer. */
async function advance(ctx: Ctx, { topUp, invoice, card, isStillWanted }: Charging): Promise<boolean> {
  const { state } = invoice;
  if (state === 'paid' || state === 'void' || state === 'processing') return false;
  if (state === 'declined' || state === 'authentication-required') {
    await openRecovery(ctx, topUp, { ...invoice, state });
    return false;
  }
  if (state === 'empty') {
    // Even without a card: Stripe calls a final invoice that asks for nothing paid.
    const description = creditWords(priceBook().credit).said(topUp.credits);
    await addToInvoice(invoice, { topUpId: topUp.id, description, price: topUp.priceCents });
  } else if (!isStillWanted) {
    await voidInvoice(invoice);
  } else if (card.kind !== 'ok') {
    await giveUp(ctx, topUp, invoice, `card-${card.kind}`);
  } else {
    if (invoice.topUpId !== topUp.id || invoice.subtotal !== topUp.priceCents) {
      throw new Error(`Invoice ${invoice.invoice} is not what top-up ${topUp.id} may be charged for`);
    }
    await (state === 'ready' ? finalizeInvoice(invoice) : payInvoice(invoice, card.paymentMethod));
  }
  return true;
}

/** Paused first: while the invoice is open nothing else is claimed, and a crash after it finds the reason kept. */
async function giveUp(
  { db }: Ctx,
  { accountId }: TopUpRow,
  invoice: ChargedInvoice,
  because: Because,
): Promise<void> {
  await inTransaction(db, (tx) => pauseAutoTopUp(tx, accountId, because));
  await voidInvoice(invoice);
}

/** Nothing was asked for yet: no card is left to ask, or nobody wants it any more. Another worker may have been faster. */
async function failBeforeInvoice({ db }: Ctx, key: TopUpKey, because: Because | null): Promise<void> {
  await inTransaction(db, async (tx) => {
    const topUp = await lockTopUp(tx, key);
    if (topUp?.status !== 'started' || topUp.stripeInvoice !== null) return;
    await markStatus(tx, key, 'failed');
    if (because !== null) await pauseAutoTopUp(tx, key.accountId, because);
  });
}
