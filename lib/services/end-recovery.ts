import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountId } from '@/lib/db/context';
import type { Tx } from '@/lib/db/database';
import { keepNews } from '@/lib/db/recoveries';

import { letAutoTopUpGoOn } from './let-auto-top-up-go-on';

/**
 * Ends the recovery of a payment, if it has one, in the transaction that ends the payment. One that was completed with
 * the card that auto top-up charges lets it go on where a payment like it had stopped it: with another one, the refused
 * card would only be refused again.
 */
export async function endRecovery(
  tx: Tx,
  key: { accountId: AccountId; id: string },
  { kind, at, isByRuleCard = false }: { kind: 'paid' | 'lapsed'; at: Date; isByRuleCard?: boolean },
): Promise<void> {
  const ended = await keepNews(tx, key, { fact: { kind }, at });
  if (kind !== 'paid' || !isByRuleCard || ended === null) return;
  const rule = await findAutoTopUpRule(tx, key.accountId);
  const isPausedByPayment = rule?.paused === 'card-declined' || rule?.paused === 'authentication-required';
  if (isPausedByPayment) await letAutoTopUpGoOn(tx, key.accountId, 'event');
}
