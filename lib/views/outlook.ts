import type { Outlook } from '@/lib/contracts/outlook';
import { listCards } from '@/lib/db/cards';
import type { AccountCtx } from '@/lib/db/context';
import { inSnapshot } from '@/lib/db/database';
import { readWaiting } from '@/lib/db/waiting';
import { cardName } from '@/lib/domain/card-words';
import { credits } from '@/lib/domain/credits';
import { daysLeft } from '@/lib/domain/days-left';
import { isChargedBy } from '@/lib/domain/default-card';
import { may, type MemberRole } from '@/lib/domain/member-role';
import { neededToRelease } from '@/lib/domain/release-plan';
import { runwayOf } from '@/lib/domain/runway';
import { priceBook } from '@/price-books/price-book';

import { readRuleNow } from './rule-now';

const LINES_SHOWN = 3;

/** By a member, or by somebody who is none and sees no card. */
type Reader = AccountCtx & { role?: MemberRole };

/** How long credits last, what auto top-up does next, and what waits for credits, as of one moment. */
export const readOutlook = ({ db, accountId, role }: Reader): Promise<Outlook> =>
  inSnapshot(db, async (snapshot) => {
    const now = await readRuleNow(snapshot, { accountId, card: 'ok' });
    const { waiting, room } = await readWaiting(snapshot, accountId);
    const cards = role !== undefined && may(role, 'buy') ? await listCards(snapshot, accountId) : [];
    const { asOf, available } = now.facts;
    const references = new Set(waiting.map(({ reference }) => reference));
    return {
      asOf,
      runway: runwayOf(available, now.pace, asOf),
      autoTopUp: autoTopUpOf(now, cards),
      currency: priceBook().currency,
      waiting: {
        count: waiting.length,
        amount: waiting.reduce((sum, { amount }) => credits(sum + amount), credits(0n)),
        lacks: neededToRelease(waiting, { references, room }) ?? credits(0n),
        lines: waiting.slice(0, LINES_SHOWN).map(({ reference, service, amount, purgeAt }) => ({
          reference,
          service,
          amount,
          daysLeft: daysLeft(purgeAt, asOf),
        })),
      },
    };
  });

/** Below which the balance is filled up by itself; null where nothing is bought so. */
export const thresholdOf = ({ autoTopUp }: Pick<Outlook, 'autoTopUp'>) =>
  autoTopUp === null || autoTopUp.isPaused ? null : autoTopUp.threshold;

type RuleNow = Awaited<ReturnType<typeof readRuleNow>>;
type Cards = Awaited<ReturnType<typeof listCards>>;

function autoTopUpOf(
  { rule, facts, now, next, sentence, worstCase }: RuleNow,
  cards: Cards,
): Outlook['autoTopUp'] {
  if (rule === null || !rule.enabled || sentence === null || worstCase === null) return null;
  const charged = cards.find((card) => isChargedBy(rule, card));
  return {
    now,
    next,
    sentence,
    threshold: rule.threshold,
    isPaused: rule.paused !== null,
    perChargeCents: worstCase.perChargeCents,
    perMonthCents: worstCase.perMonthCents,
    chargedThisMonth: facts.chargedThisMonth,
    card: charged === undefined ? null : cardName(charged),
  };
}
