import { randomUUID } from 'node:crypto';

import { type AutoTopUpRuleRow, findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountCtx, AccountId } from '@/lib/db/context';
import { inTransaction, type Queryable, type Tx } from '@/lib/db/database';
import { claimAutoTopUp, type LedgerFacts, lockAutoTopUpFacts } from '@/lib/db/ledger/auto-top-up';
import { enqueue, keyOfTopUp } from '@/lib/db/queue';
import { findLiveAutoTopUp } from '@/lib/db/top-ups';
import type {
  AutoTopUpCharge,
  AutoTopUpDecision,
  AutoTopUpFacts,
  AutoTopUpTrigger,
} from '@/lib/domain/auto-top-up';
import { credits } from '@/lib/domain/credits';
import { decideAutoTopUp } from '@/lib/domain/decide-auto-top-up';
import { priceBook } from '@/price-books/price-book';

import { cardOfAccount } from './card-of-account';
import { pauseAutoTopUp } from './pause-auto-top-up';
import { recordDecision } from './record-decision';
import { makeWay, mayMakeWay } from './tend-recovery';

type AutoTopUpRun = {
  decision: AutoTopUpDecision;
  /** The top-up that has to be charged: the one just claimed, or one that was claimed before. */
  topUpId: string | null;
};

const WAIT_OFF: AutoTopUpDecision = { kind: 'wait', because: 'off', until: null };

/**
 * Decides whether an account is topped up now. Where it is, the top-up is claimed, and its charge queued with it, before
 * Stripe is asked for anything. Of several at once, one claims; the others are told which it is.
 */
export async function runAutoTopUp(ctx: AccountCtx, trigger: AutoTopUpTrigger): Promise<AutoTopUpRun> {
  const { db, accountId } = ctx;
  const live = await findLiveAutoTopUp(db, accountId);
  if (live !== null && !(await mayMakeWay(ctx, { accountId, id: live })))
    return unfinished(ctx, trigger, live);

  // Stripe is asked for the card only where everything else allows the charge.
  const foreseen = await inTransaction(db, async (tx) => {
    const seen = await look(tx, ctx, { trigger, card: 'ok', without: live });
    if (seen.decision.kind === 'wait') {
      await record(tx, ctx, seen);
      if (live !== null && trigger.kind !== 'inline') await queueCharge(tx, { accountId, topUpId: live });
    }
    return seen;
  });
  if (foreseen.decision.kind === 'wait') return waiting(db, accountId, foreseen.decision);
  const { card } = await cardOfAccount(
    { ...ctx, now: foreseen.facts.asOf },
    foreseen.rule?.paymentMethod ?? null,
  );

  // What can still be paid ends only where another payment is made in its place.
  const isReplaced = live !== null && card.kind === 'ok';
  if (isReplaced && !(await makeWay(ctx, { accountId, id: live }))) return unfinished(ctx, trigger, live);

  return inTransaction(db, async (tx) => {
    const seen = await look(tx, ctx, { trigger, card: card.kind, without: isReplaced ? null : live });
    const done = await follow(tx, ctx, seen);
    await record(tx, ctx, { ...seen, decision: done.decision }, done);
    return done;
  });
}

/** What a decision leads to, in the transaction that made it. */
async function follow(tx: Tx, ctx: AccountCtx, { decision, facts }: Look): Promise<AutoTopUpRun> {
  if (decision.kind === 'charge') return claim(tx, ctx, { decision, facts });
  if (decision.because === 'card-missing' || decision.because === 'card-expired') {
    await pauseAutoTopUp(tx, ctx.accountId, decision.because);
  }
  return waiting(tx, ctx.accountId, decision);
}

/** Another may have claimed since it was looked: then that is the one to wait for. */
const waiting = async (
  db: Queryable,
  accountId: AccountId,
  decision: AutoTopUpDecision,
): Promise<AutoTopUpRun> => ({
  decision,
  topUpId: decision.because === 'charge-under-way' ? await findLiveAutoTopUp(db, accountId) : null,
});

/** One that a crash or a silent Stripe left behind is charged to its end before anything is decided again. */
async function unfinished(
  ctx: AccountCtx,
  trigger: AutoTopUpTrigger,
  topUpId: string,
): Promise<AutoTopUpRun> {
  await inTransaction(ctx.db, async (tx) => {
    const seen = await look(tx, ctx, { trigger, card: 'ok' });
    // It may have ended a moment ago: then the next check decides.
    if (seen.decision.kind === 'wait') await record(tx, ctx, seen);
    // Requests come by the hundred: were each to queue it anew, its growing pauses would never grow.
    if (trigger.kind !== 'inline') await queueCharge(tx, { accountId: ctx.accountId, topUpId });
  });
  return { decision: { kind: 'wait', because: 'charge-under-way', until: null }, topUpId };
}

type Look = {
  decision: AutoTopUpDecision;
  facts: LedgerFacts & AutoTopUpFacts;
  rule: AutoTopUpRuleRow | null;
};

/** The decision on what is true under the account's lock; the rule is read under it, too. */
async function look(
  tx: Tx,
  { accountId }: AccountCtx,
  { without = null, ...seen }: Pick<AutoTopUpFacts, 'trigger' | 'card'> & { without?: string | null },
): Promise<Look> {
  const known = await lockAutoTopUpFacts(tx, accountId, { without });
  const facts = { ...known, ...seen, isRestricted: known.isFrozen };
  const rule = await findAutoTopUpRule(tx, accountId);
  const decision = rule === null ? WAIT_OFF : decideAutoTopUp(rule, facts, priceBook(), facts.asOf);
  return { decision, facts, rule };
}

/** Where there is no rule, there is nothing to explain. */
async function record(
  tx: Tx,
  { accountId }: AccountCtx,
  { rule, facts, decision }: Look,
  { topUpId }: Pick<AutoTopUpRun, 'topUpId'> = { topUpId: null },
): Promise<void> {
  if (rule !== null) await recordDecision(tx, accountId, { rule, facts, decision, at: facts.asOf, topUpId });
}

type Decided = { decision: AutoTopUpCharge; facts: Look['facts'] };

async function claim(tx: Tx, { accountId }: AccountCtx, { decision, facts }: Decided): Promise<AutoTopUpRun> {
  const { version, currency, autoTopUp } = priceBook();
  const topUpId = randomUUID();
  const claimed = await claimAutoTopUp(tx, {
    accountId,
    id: topUpId,
    expected: credits(facts.available + facts.inFlight),
    credits: decision.credits,
    priceCents: decision.priceCents,
    currency,
    priceBookVersion: version,
    cooldownSeconds: autoTopUp.cooldownSeconds,
    shortfall: facts.trigger.kind === 'inline' ? facts.trigger.shortfall : null,
  });
  if (claimed.kind === 'barred') {
    // A price book with a shorter pause does not end the windows of the one before it.
    if (claimed.because !== 'cooling-down') {
      throw new Error(`A claim decided on for account ${accountId} was barred: ${claimed.because}`);
    }
    return { decision: { kind: 'wait', because: claimed.because, until: claimed.until }, topUpId: null };
  }
  await queueCharge(tx, { accountId, topUpId });
  return { decision, topUpId };
}

const queueCharge = (tx: Tx, { accountId, topUpId }: Pick<AccountCtx, 'accountId'> & { topUpId: string }) =>
  enqueue(
    tx,
    { name: 'charge-auto-top-up', accountId: accountId.toString(), topUpId },
    { key: keyOfTopUp({ accountId, id: topUpId }) },
  );
