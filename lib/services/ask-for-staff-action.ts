import { keepAuditLine } from '@/lib/db/audit-log';
import type { StaffAccountCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { keepStaffAction, lockStaff, type StaffActionRow } from '@/lib/db/staff-actions';
import { AppError } from '@/lib/domain/app-error';
import type { StaffActionWanted, StaffVerdict } from '@/lib/domain/staff-action';

import { doStaffAction } from './do-staff-action';
import { planStaffAction, verdictFor } from './plan-staff-action';

/**
 * Does what one of staff wants, where they may alone; else it waits for a second person. Whether they may is decided under
 * their own lock, with what they did before. The same id asks once.
 */
export async function askForStaffAction(ctx: StaffAccountCtx, wanted: StaffActionWanted): Promise<void> {
  const { worth, expiresAt, obstacle } = await planStaffAction(ctx, wanted);
  const asked = await inTransaction(ctx.db, async (tx) => {
    await lockStaff(tx, ctx.staff.userId);
    const verdict = await verdictFor(ctx, tx, { kind: wanted.kind, worth });
    const state = stateAfter(verdict);
    const { accountId, now: at, staff } = ctx;
    const { row, isNew } = await keepStaffAction(tx, {
      accountId,
      wanted,
      worth,
      expiresAt,
      state,
      askedBy: staff.userId,
      at,
    });
    if (!isNew) return sameAs(row, wanted);
    if (obstacle !== null) throw new AppError('conflict', obstacle);
    await keepAuditLine(tx, ctx, {
      action: 'ask-for-action',
      accountId,
      object: row.id,
      reason: row.reason,
      after: { kind: row.kind, state, worth_cents: worth.toString() },
    });
    return row;
  });
  if (asked.state === 'doing') await doStaffAction(ctx, asked.id);
}

function stateAfter(verdict: StaffVerdict): 'waiting' | 'doing' {
  if (verdict.kind !== 'refuse') return verdict.kind === 'do' ? 'doing' : 'waiting';
  throw new AppError(
    'forbidden',
    verdict.because === 'own-account'
      ? 'You are a member of this account: somebody else of staff must do it.'
      : 'That is more than any one action may be worth.',
  );
}

/** A form that was sent twice asks for the same; one that was changed since does not. */
function sameAs(row: StaffActionRow, wanted: StaffActionWanted): StaffActionRow {
  const isSame =
    row.kind === wanted.kind &&
    row.reason === wanted.reason &&
    row.amount === ('amount' in wanted ? wanted.amount : null) &&
    row.amountCents === ('amountCents' in wanted ? wanted.amountCents : null) &&
    row.topUpId === ('topUpId' in wanted ? wanted.topUpId : null);
  if (isSame) return row;
  throw new AppError('conflict', 'This form was used for another action. Begin anew.');
}
