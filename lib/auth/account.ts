import type { AccountId } from '@/lib/db/context';
import { AppError } from '@/lib/domain/app-error';
import type { MemberRole } from '@/lib/domain/member-role';

import { currentSession } from './current-session';
import type { LiveSession } from './sign-in-sessions';

export type Principal = {
  session: LiveSession;
  userId: string;
  accountId: AccountId;
  accountName: string;
  role: MemberRole;
};

/** The account that a session acts for, checked against its memberships; null before there is one. */
export function principalOf(session: LiveSession): Principal | null {
  const [membership] = session.memberships;
  if (!membership) return null;
  return {
    session,
    userId: session.user.id,
    accountId: membership.accountId as AccountId,
    accountName: membership.accountName,
    role: membership.role,
  };
}

/** For requests that need a member: refuses everyone else. */
export async function requireAccount(): Promise<Principal> {
  const session = await currentSession();
  if (!session) throw new AppError('signed_out', 'Please sign in.');
  const principal = principalOf(session);
  if (!principal) throw new AppError('forbidden', 'You are not a member of an account yet.');
  return principal;
}
