import type { Ctx } from '@/lib/db/context';
import { inTransaction, type Tx } from '@/lib/db/database';
import { adjust } from '@/lib/db/ledger/correction';
import { findPayment, listClawbacks, listMoneyBack } from '@/lib/db/money-back';
import { enqueue, keyOfTopUp } from '@/lib/db/queue';
import {
  correctedFor,
  correctionOf,
  isCredited,
  keepFinding,
  listOpenFindings,
  markRepaired,
} from '@/lib/db/reconciliation';
import { findTopUp, type TopUpRow } from '@/lib/db/top-ups';
import type { Cents } from '@/lib/domain/credits';
import { heard } from '@/lib/domain/money-back';
import { type Finding, findingsOf, isSafeToRepair, type PurchaseFacts } from '@/lib/domain/reconciliation';
import { readMoneyBack } from '@/lib/stripe/money-back';
import { readPaid, readPaidAt } from '@/lib/stripe/paid-objects';

import { settleMoneyBack } from './settle-money-back';
import { settleTopUp, type TopUpKey } from './settle-top-up';

/** none: only say what would be done · safe: what no customer can lose by · all: also what a person has said yes to. */
export type Repair = 'none' | 'safe' | 'all';

export type FoundInPurchase = Finding & TopUpKey & { isRepaired: boolean };

// Its own news is likely to be on the way.
const TOO_YOUNG_MS = 120_000;

/**
 * Holds one purchase as Stripe has it against the ledger and our own rows. What does not agree is kept, and put right by
 * the verbs that would have been right the first time, or by an entry beside what is there: nothing is ever changed.
 */
export async function reconcileTopUp(ctx: Ctx, key: TopUpKey, repair: Repair): Promise<FoundInPurchase[]> {
  const topUp = await findTopUp(ctx.db, key);
  if (topUp === null) return [];
  const { facts, paidAt } = await read(ctx, topUp);
  const isYoung = paidAt !== null && ctx.now.getTime() - paidAt.getTime() < TOO_YOUNG_MS;
  if (isYoung) return [];

  const found = findingsOf(facts);
  if (repair !== 'none') await closeMended(ctx, topUp, found);
  const findings: FoundInPurchase[] = [];
  for (const finding of found) {
    const isWanted = repair === 'all' || (repair === 'safe' && isSafeToRepair(finding.class));
    if (repair !== 'none') await keep(ctx, topUp, { finding, paidAt });
    findings.push({ ...finding, ...key, isRepaired: isWanted && (await repaired(ctx, topUp, finding)) });
  }
  return findings;
}

async function read({ db }: Ctx, topUp: TopUpRow): Promise<{ facts: PurchaseFacts; paidAt: Date | null }> {
  // Before and after: what is paid and credited while Stripe is asked must look neither unpaid nor uncredited.
  const wasCredited = await isCredited(db, topUp);
  const { stripeSession: session, stripeInvoice: invoice } = topUp;
  const paid = await readPaid({ session, invoice, hasFailed: topUp.status === 'failed' });
  const isPaid = paid?.isPaid === true;
  const id = isPaid ? paid.payment : null;
  const said = id === null ? [] : await readMoneyBack(id);
  const facts: PurchaseFacts = {
    credits: topUp.credits,
    isPaid,
    isCredited: isPaid ? await isCredited(db, topUp) : wasCredited,
    payment:
      id === null || !isPaid ? null : { id, ...(await booked(db, topUp, { id, received: paid.received })) },
    back: heard(await listMoneyBack(db, topUp), said),
    clawbacks: await listClawbacks(db, topUp),
    corrected: await correctedFor(db, topUp),
  };
  return { facts, paidAt: id === null || facts.isCredited ? null : await readPaidAt(id) };
}

/** What came of a payment, and whether it is this purchase that it is booked for. */
async function booked(
  db: Ctx['db'],
  topUp: TopUpRow,
  { id, received }: { id: string; received: Cents },
): Promise<Pick<NonNullable<PurchaseFacts['payment']>, 'received' | 'bought'>> {
  const kept = await findPayment(db, id);
  if (kept === null) return { received, bought: 'this' };
  return { received: kept.received, bought: kept.topUpId === topUp.id ? 'this' : 'another' };
}

const DETAILS: Readonly<Record<Finding['class'], string>> = {
  'paid-not-credited': 'Stripe has the money, and the ledger has no credits for it.',
  'credited-not-paid': 'The ledger has credits, and Stripe has no money for them.',
  'credited-twice': 'The payment has bought the credits of another purchase.',
  'refunded-not-clawed': 'What was taken back is not what the money that went back had bought.',
  drift: 'The ledger contradicts itself.',
};

const keep = (
  { db, now }: Ctx,
  { accountId, id }: TopUpRow,
  { finding, paidAt }: { finding: Finding; paidAt: Date | null },
) =>
  keepFinding(db, {
    ...finding,
    subject: id,
    accountId,
    detail: DETAILS[finding.class],
    paidAt,
    at: now,
  });

/** Whether it is right now: by its own verb, and asked again. */
async function repaired(ctx: Ctx, topUp: TopUpRow, finding: Finding): Promise<boolean> {
  if (finding.class === 'paid-not-credited') await settleTopUp(ctx, topUp);
  else if (finding.class === 'refunded-not-clawed') await settleAgain(ctx, topUp);
  else await inTransaction(ctx.db, (tx) => correct(tx, topUp, finding));

  const after = findingsOf((await read(ctx, topUp)).facts);
  if (after.some((left) => left.class === finding.class)) return false;
  await inTransaction(ctx.db, (tx) => tell(ctx, tx, { topUp, finding }));
  return true;
}

/** What was found before and is right by now, as after a crash between the repair and its note. */
async function closeMended(ctx: Ctx, topUp: TopUpRow, found: readonly Finding[]): Promise<void> {
  const kept = await listOpenFindings(ctx.db, topUp);
  for (const finding of kept.filter((one) => !found.some((still) => still.class === one.class)))
    await inTransaction(ctx.db, (tx) => tell(ctx, tx, { topUp, finding }));
}

async function settleAgain(ctx: Ctx, { stripePayment }: TopUpRow): Promise<void> {
  if (stripePayment !== null) await settleMoneyBack(ctx, stripePayment);
}

async function correct(tx: Tx, { accountId, id }: TopUpRow, finding: Finding): Promise<void> {
  const reference = correctionOf(finding.class, id);
  const reason = DETAILS[finding.class];
  const { status } = await adjust(tx, { accountId, delta: finding.entry, reference, reason });
  if (status === 'conflict') throw new Error(`${reference} was entered before, with another amount`);
}

/** Of money that went back, its own mail tells. */
async function tell(
  { now }: Ctx,
  tx: Tx,
  { topUp: { accountId, id }, finding }: { topUp: TopUpRow; finding: Pick<Finding, 'class'> },
): Promise<void> {
  const isFirst = await markRepaired(tx, { class: finding.class, subject: id, at: now });
  if (!isFirst || finding.class === 'refunded-not-clawed') return;
  const job = {
    name: 'tell-correction',
    accountId: accountId.toString(),
    topUpId: id,
    found: finding.class,
  } as const;
  await enqueue(tx, job, { key: `${finding.class}:${keyOfTopUp({ accountId, id })}` });
}
