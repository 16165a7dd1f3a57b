import type { AutoTopUp } from '@/lib/contracts/auto-top-up';
import { listAutoTopUpConsents } from '@/lib/db/auto-top-up-rules';
import type { AccountCtx } from '@/lib/db/context';
import { inSnapshot } from '@/lib/db/database';
import { listFlightRecords } from '@/lib/db/flight-records';
import type { AutoTopUpFacts } from '@/lib/domain/auto-top-up';

import { partsOf, readRuleNow } from './rule-now';

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
    const { facts, rule, now, next, sentence, worstCase } = await readRuleNow(snapshot, { accountId, card });
    const consents = await listAutoTopUpConsents(snapshot, accountId, CONSENTS_SHOWN);
    const records = await listFlightRecords(snapshot, accountId, RECORDS_SHOWN);
    return {
      facts,
      rule,
      now,
      next,
      sentence,
      worstCase,
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
