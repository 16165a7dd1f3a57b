import type { Staff } from '@/lib/db/context';
import { AppError } from '@/lib/domain/app-error';

import { currentSession } from './current-session';
import type { LiveSession } from './sign-in-sessions';

/** Whether it is one of staff who signs in without a code yet; the demo's one click proves nothing anyway. */
export async function owesAuthenticator(): Promise<boolean> {
  const session = await currentSession();
  return session !== null && session.user.staffRole !== null && !isProven(session);
}

const isProven = ({ hasAuthenticator, method }: LiveSession) => hasAuthenticator || method === 'demo';

/** The one of staff who asks, or null: for everyone else, and without a second factor, the staff console is not there. */
export async function currentStaff(): Promise<Staff | null> {
  const session = await currentSession();
  if (session === null || session.user.staffRole === null || !isProven(session)) return null;
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
