import type { AutoTopUpRuleRow } from '@/lib/db/auto-top-up-rules';
import type { AccountId } from '@/lib/db/context';
import type { Tx } from '@/lib/db/database';
import { keepFlightRecord, listFlightRecords } from '@/lib/db/flight-records';
import type { AutoTopUpDecision, AutoTopUpFacts } from '@/lib/domain/auto-top-up';
import { sayAutoTopUp } from '@/lib/domain/auto-top-up-sentence';
import { recordingOf } from '@/lib/domain/flight-record';
import { priceBook } from '@/price-books/price-book';

type Decided = {
  rule: AutoTopUpRuleRow;
  facts: AutoTopUpFacts;
  decision: AutoTopUpDecision;
  at: Date;
  topUpId: string | null;
};

/** Leaves in the flight recorder why auto top-up charged or did not, in the transaction, and under the lock, of the decision. */
export async function recordDecision(
  tx: Tx,
  accountId: AccountId,
  { rule, facts, decision, at, topUpId }: Decided,
): Promise<void> {
  const [last] = await listFlightRecords(tx, accountId, 1);
  const recording = recordingOf(last ?? null, { decision, ruleVersion: rule.version, at });
  const seq = (last?.seq ?? 0n) + (recording.kind === 'again' ? 0n : 1n);
  const said = sayAutoTopUp(decision, { rule, facts, book: priceBook() });
  await keepFlightRecord(tx, accountId, { recording, seq, said, topUpId });
}
