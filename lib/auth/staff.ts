import type { Staff } from '@/lib/db/context';
import { AppError } from '@/lib/domain/app-error';

import { currentSession } from './current-session';

/** The one of staff who asks, or null: for everyone else the staff console is not there. */
export async function currentStaff(): Promise<Staff | null> {
  const session = await currentSession();
  if (session === null || session.user.staffRole === null) return null;
  const { id: userId, email, staffRole: role } = session.user;
  const ownAccounts: readonly bigint[] = session.memberships.map(({ accountId }) => accountId);
  const { confirmedAt } = session;
  return { userId, email, role, ownAccounts, confirmedAt } as Staff;
}

/** For requests of staff: everyone else learns nothing of what is here. */
export async function requireStaff(): Promise<Staff> {
  const staff = await currentStaff();
  if (staff === null) throw new AppError('not_found', 'There is no such page.');
  return staff;
}
