import { randomUUID } from 'node:crypto';

import type { AccountId, StaffAccountCtx } from '@/lib/db/context';
import { findStaffAction } from '@/lib/db/staff-actions';
import { wholeCredits } from '@/lib/domain/credits';
import type { StaffActionWanted } from '@/lib/domain/staff-action';
import type { StaffRole } from '@/lib/domain/staff-role';
import type { LedgerFixture } from '@/test/database/ledger-fixtures';

import { staffIn } from './staff';

/** So many dollars of credits; a dollar is a hundred. */
export const credit = (dollars: bigint, id: string = randomUUID()): StaffActionWanted => ({
  id,
  kind: 'credit',
  amount: wholeCredits(dollars * 100n),
  reason: 'Ticket 7',
});

/** Staff at work on accounts, and what is kept of it. */
export function actionsIn(ledger: LedgerFixture) {
  return {
    /** One of staff on an account, a new one where none is said. */
    at: async (
      role: StaffRole,
      accountId?: AccountId,
      own: readonly bigint[] = [],
    ): Promise<StaffAccountCtx> => ({
      ...(await staffIn(ledger, role, own)),
      accountId: accountId ?? (await ledger.newAccount()),
    }),
    /** Kinds and whole credits, oldest first. */
    entriesOf: async (accountId: AccountId) => {
      const rows = await ledger.asOwner<{ kind: string; delta: string }>(
        'SELECT kind, delta FROM entries WHERE account_id = $1 ORDER BY seq',
        [accountId],
      );
      return rows.map(({ kind, delta }) => ({ kind, credits: Number(delta) / 1e6 }));
    },
    /** What the audit log says of an action, oldest first. */
    linesAbout: async (id: string) => {
      const rows = await ledger.asOwner<{ action: string }>(
        'SELECT action FROM audit_log WHERE object = $1 ORDER BY id',
        [id],
      );
      return rows.map(({ action }) => action);
    },
    stateOf: async ({ accountId }: StaffAccountCtx, id: string) =>
      (await findStaffAction(ledger.db, { accountId, id }))?.state,
  };
}
