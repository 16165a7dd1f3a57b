import sql from 'sql-template-tag';

import { database, inTransaction } from '@/lib/db/database';
import type { MemberRole } from '@/lib/domain/member-role';
import { isSessionOver } from '@/lib/domain/session-life';
import type { StaffRole } from '@/lib/domain/staff-role';

export type SignInMethod = 'email' | 'password' | 'demo';

const SESSION_DAYS = 14;
// Time to find the telephone.
const AWAITED_MINUTES = 10;
const DAY_MS = 86_400_000;
// Often enough to be useful on the settings page, seldom enough not to write on every request.
const SEEN_EVERY_MS = 60_000;
const LONGEST_USER_AGENT = 300;

export const SESSION_SECONDS = (SESSION_DAYS * DAY_MS) / 1_000;

/** Opens a session on the server; the cookie carries nothing but its id. One that awaits a code is good for nothing before. */
export async function openSession(signIn: {
  userId: string;
  method: SignInMethod;
  userAgent: string;
  awaitsCode: boolean;
}): Promise<string> {
  const { userId, method, awaitsCode } = signIn;
  const lasts = awaitsCode ? AWAITED_MINUTES * 60_000 : SESSION_DAYS * DAY_MS;
  const expiresAt = new Date(Date.now() + lasts);
  return inTransaction(database(), async (tx) => {
    await tx.query(sql`UPDATE users SET last_signed_in_at = now() WHERE id = ${userId}`);
    const [session] = await tx.query<{ id: string }>(sql`
      INSERT INTO sign_in_sessions (user_id, method, user_agent, expires_at, awaits_code, account_id)
      VALUES (${userId}, ${method}::sign_in_method, ${signIn.userAgent.slice(0, LONGEST_USER_AGENT)}, ${expiresAt}, ${awaitsCode},
              ${accountOfLastTime(userId)})
      RETURNING id`);
    if (!session) throw new Error('a session was not kept');
    return session.id;
  });
}

/** Where the person left off, as far as they are still a member there; else the account that they came to first. */
const accountOfLastTime = (userId: string) => sql`
  (SELECT m.account_id FROM members m
    WHERE m.user_id = ${userId}
    ORDER BY m.account_id IS NOT DISTINCT FROM
             (SELECT account_id FROM sign_in_sessions WHERE user_id = ${userId} ORDER BY created_at DESC LIMIT 1) DESC,
             m.created_at, m.account_id
    LIMIT 1)`;

export type LiveSession = {
  id: string;
  /** The account that was chosen; whether its person is still a member there is `principalOf`'s to say. */
  accountId: bigint | null;
  method: SignInMethod;
  /** Signing in asked for a code, or would from now on. */
  hasAuthenticator: boolean;
  /** When its person last showed who they are. */
  confirmedAt: Date;
  user: { id: string; email: string; name: string | null; staffRole: StaffRole | null };
  memberships: { accountId: bigint; accountName: string; role: MemberRole; isFrozen: boolean }[];
};

/** The session, if it has not ended, with who it is and where they are a member. Asked at every request. */
export async function findLiveSession(id: string, now: Date): Promise<LiveSession | null> {
  const { prisma } = database();
  const session = await prisma.signInSession.findFirst({
    where: { id, revokedAt: null, awaitsCode: false, user: { disabledAt: null } },
    include: {
      user: {
        include: {
          authenticator: { select: { confirmedAt: true } },
          members: { include: { account: true }, orderBy: [{ createdAt: 'asc' }, { accountId: 'asc' }] },
        },
      },
    },
  });
  if (!session || isSessionOver(session, session.user.staffRole, now)) return null;

  if (now.getTime() - session.lastSeenAt.getTime() > SEEN_EVERY_MS) {
    await prisma.signInSession.update({ where: { id }, data: { lastSeenAt: now } });
  }
  const { user } = session;
  return {
    id,
    accountId: session.accountId,
    method: session.method,
    hasAuthenticator: (user.authenticator?.confirmedAt ?? null) !== null,
    confirmedAt: session.confirmedAt,
    user: { id: user.id, email: user.email, name: user.name, staffRole: user.staffRole },
    memberships: user.members.map(({ accountId, account, role }) => ({
      accountId,
      accountName: account.name,
      role,
      isFrozen: account.frozenAt !== null,
    })),
  };
}

export async function endSession(id: string): Promise<void> {
  await database().prisma.signInSession.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: new Date() },
  });
}

/** Somebody whose first factor was right, and the second is still to come. */
export type AwaitedSession = { id: string; userId: string; email: string };

export async function findAwaitedSession(id: string, now: Date): Promise<AwaitedSession | null> {
  const session = await database().prisma.signInSession.findFirst({
    where: { id, revokedAt: null, awaitsCode: true, expiresAt: { gt: now }, user: { disabledAt: null } },
    include: { user: { select: { email: true } } },
  });
  return session && { id, userId: session.userId, email: session.user.email };
}
