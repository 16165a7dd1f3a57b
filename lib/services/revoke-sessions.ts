import type { SessionsRevoked } from '@/lib/contracts/sign-in-session';
import type { SessionCtx } from '@/lib/db/context';
import { AppError } from '@/lib/domain/app-error';

/** Ends one of a person's sessions, or all but the one that asks. They end at their next request; one that has ended stays so. */
export async function revokeSessions(
  { db, now, userId, sessionId }: SessionCtx,
  { which }: { which: string },
): Promise<SessionsRevoked> {
  const isNamed = which !== 'others';
  if (isNamed && (await db.prisma.signInSession.count({ where: { userId, id: which } })) === 0)
    throw new AppError('not_found', 'You are not signed in there.');
  const { count } = await db.prisma.signInSession.updateMany({
    where: { userId, revokedAt: null, id: isNamed ? which : { not: sessionId } },
    data: { revokedAt: now },
  });
  return { revoked: count };
}
