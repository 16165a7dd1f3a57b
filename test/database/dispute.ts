import type { AccountId } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { freezePurchase, keepMoneyBack } from '@/lib/db/money-back';
import { attachStripeIds, claimPayment } from '@/lib/db/top-ups';
import { cents } from '@/lib/domain/credits';

import type { LedgerFixture } from './ledger-fixtures';

/** A bank disputes a purchase: what is left of it is frozen as far as it is free. */
export async function dispute(
  { db }: LedgerFixture,
  key: { accountId: AccountId; id: string },
  { id, at }: { id: string; at: Date },
): Promise<void> {
  const paid = { payment: `pi_${id}`, received: cents(500n), invoice: null, currency: 'usd' };
  const back = {
    id,
    kind: 'dispute',
    state: 'open',
    amount: cents(500n),
    progress: 1,
    happenedAt: at,
  } as const;
  await inTransaction(db, async (tx) => {
    await claimPayment(tx, key, paid);
    await attachStripeIds(tx, key, paid);
    await keepMoneyBack(tx, key, { back, at });
    await freezePurchase(tx, { accountId: key.accountId, id });
  });
}
