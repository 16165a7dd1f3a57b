import type { AccountId } from '@/lib/db/context';
import type { MemberRole } from '@/lib/domain/member-role';

import type { LiveSession } from './sign-in-sessions';

export type Principal = {
  session: LiveSession;
  userId: string;
  accountId: AccountId;
  accountName: string;
  role: MemberRole;
  isFrozen: boolean;
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
    isFrozen: membership.isFrozen,
  };
}
