import type { StaffAccountCtx, StaffCtx } from '@/lib/db/context';
import { listOpenStaffActions, listStaffActions } from '@/lib/db/staff-actions';
import type { StaffAction } from '@/lib/domain/staff-action';

/** What staff asked for on an account, the latest first. */
export const readStaffActions = ({ db, accountId }: StaffAccountCtx): Promise<StaffAction[]> =>
  listStaffActions(db, accountId);

/** What waits for a second person on any account, the oldest first. */
export const readOpenStaffActions = ({ db }: StaffCtx): Promise<StaffAction[]> => listOpenStaffActions(db);
