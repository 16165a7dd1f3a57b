import type { AutoTopUp } from '@/lib/contracts/auto-top-up';
import { type AutoTopUpRuleRow, findAutoTopUpRule, listAutoTopUpConsents } from '@/lib/db/auto-top-up-rules';
import type { AccountCtx } from '@/lib/db/context';
import { inSnapshot } from '@/lib/db/database';
import { listFlightRecords } from '@/lib/db/flight-records';
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

const CONSENTS_SHOWN = 20;
const RECORDS_SHOWN = 30;

/**
 * An account's rule, what would be decided now, how it came to this, and what was agreed to. The card is Stripe's to know:
 * unless `card` says otherwise, it is taken for good.
 */
export const readAutoTopUp = (
  { db, accountId }: Pick<AccountCtx, 'db' | 'accountId'>,
  { card = 'ok' }: Partial<Pick<AutoTopUpFacts, 'card'>> = {},
): Promise<AutoTopUp> =>
  inSnapshot(db, async (snapshot) => {
    const { isFrozen, ...known } = await readAutoTopUpFacts(snapshot, accountId);
    const facts = { ...known, isRestricted: isFrozen, trigger: { kind: 'scheduled' }, card } as const;
    const rule = await findAutoTopUpRule(snapshot, accountId);
    const pace = await readPace(snapshot, { accountId, now: facts.asOf });
    const consents = await listAutoTopUpConsents(snapshot, accountId, CONSENTS_SHOWN);
    const records = await listFlightRecords(snapshot, accountId, RECORDS_SHOWN);
    return {
      facts,
      ...(rule === null ? WITHOUT_RULE : underRule(rule, facts, pace)),
      consents: consents.map(
        ({ version, by, ipAddress, userAgent, textShown, before, after, createdAt }) => ({
          version: version.toString(),
          by,
          ipAddress,
          userAgent,
          textShown,
          before,
          after,
          createdAt,
        }),
      ),
      records: records.map(({ seq, because, said, firstAt, lastAt, count }) => ({
        seq: seq.toString(),
        because,
        said: partsOf(said),
        firstAt,
        lastAt,
        count: count.toString(),
      })),
    };
  });

type UnderRule = Pick<AutoTopUp, 'rule' | 'now' | 'next' | 'sentence' | 'worstCase'>;

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

const partsOf = (said: Sentence) =>
  said.map((part) => (typeof part === 'string' ? { text: part } : { at: part }));
