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

/**
 * The account that a session acts for, checked against its memberships: the one that was chosen, or the first where its person
 * is no member of that any more; null where there is none.
 */
export function principalOf(session: LiveSession): Principal | null {
  const [first] = session.memberships;
  return principalIn(session, session.accountId) ?? principalIn(session, first?.accountId ?? null);
}

/** The same for one account and no other. */
export function principalIn(session: LiveSession, accountId: bigint | null): Principal | null {
  const membership = session.memberships.find((one) => one.accountId === accountId);
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
