import type { Ctx } from '@/lib/db/context';

type Wanted = { userId: string; sessionId: string; which: string };

/** Ends one of a person's sessions, or all but the one that asks. They end at their next request. */
export async function revokeSessions(
  { db, now }: Ctx,
  { userId, sessionId, which }: Wanted,
): Promise<number> {
  const { count } = await db.prisma.signInSession.updateMany({
    where: { userId, revokedAt: null, id: which === 'others' ? { not: sessionId } : which },
    data: { revokedAt: now },
  });
  return count;
}
