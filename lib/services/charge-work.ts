import type { AccountId } from '@/lib/db/context';
import { inTransaction, type Queryable } from '@/lib/db/database';
import { findEntry } from '@/lib/db/ledger/entry';
import { finishOperation, startOperation } from '@/lib/db/ledger/operation';
import { findOperation } from '@/lib/db/ledger/operation-row';
import type { Calculation } from '@/lib/domain/calculation';
import { type Credits, credits } from '@/lib/domain/credits';
import { serviceOf, shortfallOf } from '@/lib/domain/price-book';
import { type Priced, priceOf } from '@/lib/domain/price-of';
import { priceBook } from '@/price-books/price-book';

import { keptMetadata, type Metadata, type MeterCtx, type WorkAsked } from './meter-ctx';
import { noticeSpending } from './notice-spending';
import { amountOfQuote } from './quote-tokens';
import { orAfterRecharge } from './recharge';
import { insufficientCredits, keyReused, noSuchAccount, nothingAvailable, priceRefused } from './refusals';

export type ChargeAsked = WorkAsked & { quote: string | null };

export type WorkCharged = {
  reference: string;
  service: string;
  state: 'settled' | 'pending_payment';
  amount: Credits;
  seq: bigint | null;
  /** Right after the entry. */
  balance: Credits;
  calculation: Calculation;
  metadata: Metadata;
  isReplay: boolean;
};

/** Charges finished work now, once per reference. What cannot be paid is refused, waits or makes a debt: its service says. */
export async function chargeWork(ctx: MeterCtx, asked: ChargeAsked): Promise<WorkCharged> {
  const priced = pricedOf(ctx, asked);
  const service = serviceOf(priceBook(), asked.work.service);
  return service?.shortfall === 'refuse' ? chargeNow(ctx, asked, priced) : runThrough(ctx, asked, priced);
}

/** The price of the work, capped by its quote. */
export function pricedOf(ctx: MeterCtx, { work, quote }: ChargeAsked): Priced {
  const quoted =
    quote === null ? null : amountOfQuote(quote, { accountId: ctx.accountId, work, now: ctx.now });
  const priced = priceOf(priceBook(), work, quoted);
  if (priced.kind === 'refused') throw priceRefused(priced);
  return priced;
}

/** What the ledger is asked for one charge. */
export const ledgerCharge = (ctx: MeterCtx, asked: ChargeAsked, { amount, calculation }: Priced) => ({
  accountId: ctx.accountId,
  amount,
  reference: asked.reference,
  hash: asked.hash,
  service: asked.work.service,
  apiKeyId: ctx.apiKeyId,
  calculation,
  metadata: keptMetadata(ctx, asked.metadata),
});

async function chargeNow(ctx: MeterCtx, asked: ChargeAsked, priced: Priced): Promise<WorkCharged> {
  if (priced.amount === 0n) return runThrough(ctx, asked, priced);
  const charge = ledgerCharge(ctx, asked, priced);
  const outcome = await orAfterRecharge(ctx, priced.amount, () => ctx.charge(charge));
  noticeSpending(ctx, priced.amount, outcome);
  return chargedOf(ctx, asked, priced, outcome);
}

/** What the caller is told of a charge's outcome. Throws the refusal that it was. */
export async function chargedOf(
  ctx: { db: Queryable; accountId: AccountId },
  asked: ChargeAsked,
  priced: Priced,
  outcome: { status: string; seq: bigint | null; balance: Credits; available: Credits },
): Promise<WorkCharged> {
  const { status, seq, available } = outcome;
  const applied = appliedOf(asked, priced, outcome);
  if (status === 'applied') return applied;
  if (status === 'replayed') return { ...applied, ...(await asItWas(ctx, seq)) };
  if (status === 'conflict') throw keyReused();
  if (status === 'no_account') throw noSuchAccount();
  throw insufficientCredits({ required: priced.amount, available });
}

/** What the caller is told of a charge that went through just now. */
export const appliedOf = (
  { reference, metadata, work }: ChargeAsked,
  { amount, calculation }: Priced,
  { seq, balance }: { seq: bigint | null; balance: Credits },
): WorkCharged => ({
  reference,
  service: work.service,
  state: 'settled',
  amount,
  seq,
  balance,
  calculation,
  metadata,
  isReplay: false,
});

/** The first answer again, from what was kept with its entry. */
async function asItWas({ db, accountId }: { db: Queryable; accountId: AccountId }, seq: bigint | null) {
  const entry = seq === null ? null : await findEntry(db, { accountId, seq });
  if (!entry?.calculation) throw new Error(`Entry ${seq} of account ${accountId} has lost its calculation`);
  const { delta, balanceAfter, calculation } = entry;
  return { amount: credits(-delta), seq: entry.seq, balance: balanceAfter, calculation, isReplay: true };
}

/** Work that is done must be paid, later or by a debt: it passes the gate and is finished in one transaction. */
async function runThrough(ctx: MeterCtx, asked: ChargeAsked, priced: Priced): Promise<WorkCharged> {
  const { accountId } = ctx;
  const { reference, hash, metadata, work } = asked;
  const { amount, calculation } = priced;
  const kept = { calculation, metadata: keptMetadata(ctx, metadata) };
  const ran = await inTransaction(ctx.db, async (tx) => {
    const started = await startOperation(tx, {
      accountId,
      reference,
      hash,
      service: work.service,
      apiKeyId: ctx.apiKeyId,
      start: { by: 'gate' },
      ...kept,
    });
    if (started.status === 'conflict') throw keyReused();
    if (started.status === 'insufficient') throw nothingAvailable(started.available);
    if (started.status === 'replayed')
      return { charged: await asItRan(tx, asked, { accountId, ...started }), spent: null };
    const finished = await finishOperation(tx, {
      accountId,
      reference,
      amount,
      ...shortfallOf(priceBook(), work.service),
      ...kept,
    });
    if (finished.status === 'conflict' || finished.status === 'no_operation') throw keyReused();
    const charged: WorkCharged = {
      reference,
      service: work.service,
      state: finished.status === 'pending_payment' ? 'pending_payment' : 'settled',
      amount,
      seq: finished.seq,
      balance: finished.balance,
      calculation,
      metadata,
      isReplay: false,
    };
    return { charged, spent: finished };
  });
  if (ran.spent !== null) noticeSpending(ctx, amount, ran.spent);
  return ran.charged;
}

/** The same for work that went through at once: whatever it would cost by now. What has failed since is not charged. */
async function asItRan(
  tx: Queryable,
  { reference, work, metadata }: ChargeAsked,
  started: { accountId: AccountId; seq: bigint | null; balance: Credits },
): Promise<WorkCharged> {
  const operation = await findOperation(tx, { accountId: started.accountId, reference });
  if (!operation?.calculation || operation.amount === null || operation.state === 'failed') throw keyReused();
  const { state, amount, calculation, seq } = operation;
  return {
    reference,
    service: work.service,
    state: state === 'settled' ? 'settled' : 'pending_payment',
    amount,
    seq,
    balance: started.balance,
    calculation,
    metadata,
    isReplay: true,
  };
}
