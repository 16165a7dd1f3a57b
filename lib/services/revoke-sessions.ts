import type { SessionsRevoked } from '@/lib/contracts/sign-in-session';
import type { SessionCtx } from '@/lib/db/context';

/** Ends one of a person's sessions, or all but the one that asks. They end at their next request. */
export async function revokeSessions(
  { db, now, userId, sessionId }: SessionCtx,
  { which }: { which: string },
): Promise<SessionsRevoked> {
  const { count } = await db.prisma.signInSession.updateMany({
    where: { userId, revokedAt: null, id: which === 'others' ? { not: sessionId } : which },
    data: { revokedAt: now },
  });
  return { revoked: count };
}
