import { keepAuditLine } from '@/lib/db/audit-log';
import type { StaffAccountCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { lockStaffAction, markDecided } from '@/lib/db/staff-actions';
import { AppError } from '@/lib/domain/app-error';
import { refusalToDecide } from '@/lib/domain/staff-action';

import { doStaffAction } from './do-staff-action';

const REFUSALS = {
  'own-request': 'You asked for this yourself: a second person has to agree.',
  'own-account': 'You are a member of this account: somebody else has to agree.',
  role: 'Support asks; finance and admins agree.',
};

export type StaffDecision = { id: string; decision: 'approve' | 'decline'; because: string };

/** A second person agrees, and it is done; or does not, and it never is. What was decided once stays so. */
export async function decideStaffAction(
  ctx: StaffAccountCtx,
  { id, decision, because }: StaffDecision,
): Promise<void> {
  const { accountId, staff, now: at } = ctx;
  await inTransaction(ctx.db, async (tx) => {
    const action = await lockStaffAction(tx, { accountId, id });
    if (action === null) throw new AppError('not_found', 'There is no such action.');
    const isAsker = action.askedBy === staff.userId;
    const isOwnAccount = staff.ownAccounts.includes(accountId);
    const refusal = refusalToDecide({ role: staff.role, isAsker, isOwnAccount });
    if (refusal !== null) throw new AppError('forbidden', REFUSALS[refusal]);
    if (action.state !== 'waiting') return;
    const state = decision === 'approve' ? 'doing' : 'declined';
    await markDecided(tx, action, { state, by: staff.userId, because, at });
    await keepAuditLine(tx, ctx, {
      action: decision === 'approve' ? 'approve-action' : 'decline-action',
      accountId,
      object: id,
      reason: because,
      before: { state: 'waiting' },
      after: { state },
    });
  });
  if (decision === 'approve') await doStaffAction(ctx, id);
}
