import { hasOverdueBill } from '@/lib/db/bills';
import type { AccountId } from '@/lib/db/context';
import type { Tx } from '@/lib/db/database';
import { findFreeze, thawAccount } from '@/lib/db/ledger/audit';

/** Why an account is stopped whose invoice was to be paid by now. */
export const OVERDUE = 'A monthly invoice is overdue.';

/** In the transaction that ends a bill: the account goes on, unless another one is overdue, or it was stopped for something else. */
export async function liftOverdue(tx: Tx, accountId: AccountId): Promise<void> {
  if ((await findFreeze(tx, accountId)) !== OVERDUE || (await hasOverdueBill(tx, accountId))) return;
  await thawAccount(tx, accountId);
}
