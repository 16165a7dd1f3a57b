import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountId, Ctx } from '@/lib/db/context';
import { inTransaction, type Tx } from '@/lib/db/database';
import { clawback, restore } from '@/lib/db/ledger/correction';
import {
  findPayment,
  freezePurchase,
  keepMoneyBack,
  listClawbacks,
  listMoneyBack,
  type MoneyBackRow,
  type PaymentRow,
  thawPurchase,
} from '@/lib/db/money-back';
import { enqueue } from '@/lib/db/queue';
import { lockTopUp } from '@/lib/db/top-ups';
import {
  heard,
  type MoneyBack,
  type MoneyBackState,
  type MoneyBackStep,
  stepsOf,
} from '@/lib/domain/money-back';
import { readMoneyBack } from '@/lib/stripe/money-back';

import { letAutoTopUpGoOn } from './let-auto-top-up-go-on';
import { pauseAutoTopUp } from './pause-auto-top-up';
import type { TopUpKey } from './settle-top-up';

/**
 * Asks Stripe what of a payment went back or is disputed, and does what follows for the credits that it had bought: once,
 * whoever asks, however often, and however late. The payment has to be credited.
 */
export async function settleMoneyBack(ctx: Ctx, payment: string): Promise<void> {
  const paid = await findPayment(ctx.db, payment);
  if (paid === null) throw new Error(`Payment ${payment} has bought nothing`);
  const said = await readMoneyBack(payment);
  const foreign = said.find(({ currency }) => currency !== paid.currency);
  if (foreign)
    throw new Error(`${foreign.id} is in ${foreign.currency}, payment ${payment} in ${paid.currency}`);

  const key = { accountId: paid.accountId, id: paid.topUpId };
  await inTransaction(ctx.db, async (tx) => {
    const topUp = await lockTopUp(tx, key);
    if (topUp === null) throw new Error(`Top-up ${key.id} vanished`);
    const before = await listMoneyBack(tx, key);
    const known = heard(before, said);
    for (const back of known) await keepMoneyBack(tx, key, { back, at: ctx.now });

    const purchase = { payment, credits: topUp.credits, received: paid.received };
    await enter(tx, paid, stepsOf(purchase, known, await listClawbacks(tx, key)));
    await freeze(tx, key, { before, known });
    await tell(tx, key.accountId, changesOf(before, known));
  });
}

async function enter(
  tx: Tx,
  { accountId, topUpId }: PaymentRow,
  steps: readonly MoneyBackStep[],
): Promise<void> {
  for (const step of steps) {
    const { status } =
      step.kind === 'give'
        ? await restore(tx, { accountId, reference: step.id, of: 'clawback' })
        : await clawback(tx, { accountId, reference: step.id, topUpId, amount: step.amount });
    if (status !== 'applied') throw new Error(`${step.kind} ${step.id} of top-up ${topUpId}: ${status}`);
  }
}

/** After the claw-backs: what a lost dispute lets go must not pay for work that waits. */
async function freeze(
  tx: Tx,
  { accountId }: TopUpKey,
  { before, known }: { before: readonly MoneyBackRow[]; known: readonly MoneyBack[] },
): Promise<void> {
  for (const { id, state, kind } of known) {
    const last = before.find((back) => back.id === id);
    if (state === 'open' && last?.state !== 'open') await freezePurchase(tx, { accountId, id });
    if (state !== 'open' && (last?.frozen ?? 0n) > 0n) await thawPurchase(tx, { accountId, id });
    if (last?.state !== state && kind === 'dispute') await steer(tx, accountId, state);
  }
}

/**
 * Nothing is charged to a card whose holder disputes a payment. After a dispute that was lost it goes on once the customer
 * says so; once none is left to speak against it, by itself.
 */
async function steer(tx: Tx, accountId: AccountId, state: MoneyBackState): Promise<void> {
  if (state !== 'over') return pauseAutoTopUp(tx, accountId, 'payment-disputed');
  const rule = await findAutoTopUpRule(tx, accountId);
  if (rule?.paused === 'payment-disputed') await letAutoTopUpGoOn(tx, accountId, 'event');
}

/** What the customer has to hear of: what moved their credits, and what ended after they had been told that it began. */
function changesOf(before: readonly MoneyBack[], known: readonly MoneyBack[]): MoneyBack[] {
  return known.filter(({ id, state }) => {
    const last = before.find((back) => back.id === id)?.state ?? null;
    if (last === state || state === 'asked') return false;
    return state !== 'over' || last === 'open' || last === 'gone';
  });
}

async function tell(tx: Tx, accountId: AccountId, changed: readonly MoneyBack[]): Promise<void> {
  for (const { id, state } of changed) {
    const job = { name: 'tell-money-back', accountId: accountId.toString(), id, state } as const;
    await enqueue(tx, job, { key: `${id}:${state}` });
  }
}
