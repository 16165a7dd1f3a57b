import { randomUUID } from 'node:crypto';

import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountCtx, AccountId } from '@/lib/db/context';
import { inTransaction, type Queryable, type Tx } from '@/lib/db/database';
import { claimAutoTopUp, type LedgerFacts, lockAutoTopUpFacts } from '@/lib/db/ledger/auto-top-up';
import { enqueue } from '@/lib/db/queue';
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
import { makeWay } from './tend-recovery';

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
  if (live !== null && !(await makeWay(ctx, { accountId, id: live }))) return unfinished(ctx, live);

  // Stripe is asked for the card only where everything else allows the charge.
  const foreseen = await inTransaction(db, (tx) => look(tx, ctx, { trigger, card: 'ok' }));
  if (foreseen.decision.kind === 'wait') return waiting(db, accountId, foreseen.decision);
  const { card } = await cardOfAccount({ ...ctx, now: foreseen.facts.asOf }, foreseen.paymentMethod);

  return inTransaction(db, async (tx) => {
    const { decision, facts } = await look(tx, ctx, { trigger, card: card.kind });
    if (decision.kind === 'charge') return claim(tx, ctx, { decision, facts, trigger });
    if (decision.because === 'card-missing' || decision.because === 'card-expired') {
      await pauseAutoTopUp(tx, accountId, decision.because);
    }
    return waiting(tx, accountId, decision);
  });
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
async function unfinished({ db, accountId }: AccountCtx, topUpId: string): Promise<AutoTopUpRun> {
  await inTransaction(db, (tx) => queueCharge(tx, { accountId, topUpId }));
  return { decision: { kind: 'wait', because: 'charge-under-way', until: null }, topUpId };
}

type Look = {
  decision: AutoTopUpDecision;
  facts: LedgerFacts & Pick<AutoTopUpFacts, 'isRestricted'>;
  paymentMethod: string | null;
};

/** The decision on what is true under the account's lock; the rule is read under it, too. */
async function look(
  tx: Tx,
  { accountId }: AccountCtx,
  seen: Pick<AutoTopUpFacts, 'trigger' | 'card'>,
): Promise<Look> {
  const { isFrozen, ...known } = await lockAutoTopUpFacts(tx, accountId);
  const facts = { ...known, isFrozen, isRestricted: isFrozen };
  const rule = await findAutoTopUpRule(tx, accountId);
  if (rule === null) return { decision: WAIT_OFF, facts, paymentMethod: null };
  const decision = decideAutoTopUp(rule, { ...facts, ...seen }, priceBook(), facts.asOf);
  return { decision, facts, paymentMethod: rule.paymentMethod };
}

type Decided = { decision: AutoTopUpCharge; facts: LedgerFacts; trigger: AutoTopUpTrigger };

async function claim(
  tx: Tx,
  { accountId }: AccountCtx,
  { decision, facts, trigger }: Decided,
): Promise<AutoTopUpRun> {
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
    shortfall: trigger.kind === 'inline' ? trigger.shortfall : null,
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
  enqueue(tx, { name: 'charge-auto-top-up', accountId: accountId.toString(), topUpId }, { key: topUpId });
