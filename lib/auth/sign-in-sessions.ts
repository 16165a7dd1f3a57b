import { database } from '@/lib/db/database';
import type { MemberRole } from '@/lib/domain/member-role';
import { isSessionOver } from '@/lib/domain/session-life';
import type { StaffRole } from '@/lib/domain/staff-role';

export type SignInMethod = 'email' | 'password' | 'demo';

const SESSION_DAYS = 14;
const DAY_MS = 86_400_000;
// Often enough to be useful on the settings page, seldom enough not to write on every request.
const SEEN_EVERY_MS = 60_000;
const LONGEST_USER_AGENT = 300;

export const SESSION_SECONDS = (SESSION_DAYS * DAY_MS) / 1_000;

/** Opens a session on the server; the cookie carries nothing but its id. */
export async function openSession(signIn: {
  userId: string;
  method: SignInMethod;
  userAgent: string;
}): Promise<string> {
  const { id } = await database().prisma.signInSession.create({
    data: {
      userId: signIn.userId,
      method: signIn.method,
      userAgent: signIn.userAgent.slice(0, LONGEST_USER_AGENT),
      expiresAt: new Date(Date.now() + SESSION_DAYS * DAY_MS),
    },
  });
  return id;
}

export type LiveSession = {
  id: string;
  user: { id: string; email: string; name: string | null; staffRole: StaffRole | null };
  memberships: { accountId: bigint; accountName: string; role: MemberRole; isFrozen: boolean }[];
};

/** The session, if it has not ended, with who it is and where they are a member. Asked at every request. */
export async function findLiveSession(id: string, now: Date): Promise<LiveSession | null> {
  const { prisma } = database();
  const session = await prisma.signInSession.findFirst({
    where: { id, revokedAt: null, user: { disabledAt: null } },
    include: {
      user: { include: { members: { include: { account: true }, orderBy: { accountId: 'asc' } } } },
    },
  });
  if (!session || isSessionOver(session, session.user.staffRole, now)) return null;

  if (now.getTime() - session.lastSeenAt.getTime() > SEEN_EVERY_MS) {
    await prisma.signInSession.update({ where: { id }, data: { lastSeenAt: now } });
  }
  const { user } = session;
  return {
    id,
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
