import type { AutoTopUp } from '@/lib/contracts/auto-top-up';
import { type AutoTopUpRuleRow, findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountId } from '@/lib/db/context';
import type { Queryable } from '@/lib/db/database';
import { type LedgerFacts, readAutoTopUpFacts } from '@/lib/db/ledger/auto-top-up';
import { readPace } from '@/lib/db/pace';
import type { AutoTopUpFacts } from '@/lib/domain/auto-top-up';
import { sayRule } from '@/lib/domain/auto-top-up-agreement';
import { sayAutoTopUp } from '@/lib/domain/auto-top-up-sentence';
import { decideAutoTopUp } from '@/lib/domain/decide-auto-top-up';
import { nextChargeOf } from '@/lib/domain/next-charge-of';
import type { Pace } from '@/lib/domain/runway';
import type { Sentence } from '@/lib/domain/sentence';
import { worstCaseOf } from '@/lib/domain/worst-case-of';
import { priceBook } from '@/price-books/price-book';

/** What auto top-up would do at this moment and next, and the pace that this is foreseen by. */
export async function readRuleNow(
  db: Queryable,
  { accountId, card }: { accountId: AccountId; card: AutoTopUpFacts['card'] },
) {
  const { isFrozen, ...known } = await readAutoTopUpFacts(db, accountId);
  const facts = { ...known, isRestricted: isFrozen, trigger: { kind: 'scheduled' }, card } as const;
  const rule = await findAutoTopUpRule(db, accountId);
  const pace = await readPace(db, { accountId, now: facts.asOf });
  return { facts, pace, ...(rule === null ? WITHOUT_RULE : underRule(rule, facts, pace)) };
}

type UnderRule = Pick<AutoTopUp, 'now' | 'next' | 'sentence' | 'worstCase'> & {
  rule: AutoTopUpRuleRow | null;
};

const WITHOUT_RULE: UnderRule = {
  rule: null,
  now: { kind: 'wait', because: 'off', until: null, said: [{ text: 'Automatic top-up is off.' }] },
  next: null,
  sentence: null,
  worstCase: null,
};

function underRule(
  rule: AutoTopUpRuleRow,
  facts: AutoTopUpFacts & Pick<LedgerFacts, 'asOf'>,
  pace: Pace,
): UnderRule {
  const book = priceBook();
  const decision = decideAutoTopUp(rule, facts, book, facts.asOf);
  const { chargesPerDay, ...worst } = worstCaseOf(rule, book);
  return {
    rule,
    now: {
      kind: decision.kind,
      because: decision.because,
      until: decision.kind === 'wait' ? decision.until : null,
      said: partsOf(sayAutoTopUp(decision, { rule, facts, book })),
    },
    next: nextChargeOf({ rule, facts, book }, pace, facts.asOf),
    sentence: sayRule(rule, book),
    worstCase: { ...worst, chargesPerDay: chargesPerDay?.toString() ?? null },
  };
}

/** A sentence as it travels: its texts, and its instants apart. */
export const partsOf = (said: Sentence) =>
  said.map((part) => (typeof part === 'string' ? { text: part } : { at: part }));
