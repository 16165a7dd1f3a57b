import type { z } from 'zod';

import type { SignInSessions } from '@/lib/contracts/sign-in-session';
import type { SessionCtx } from '@/lib/db/context';
import { deviceOf } from '@/lib/domain/device';

/** Where this person is signed in now, the latest first. */
export async function readSignInSessions({
  db,
  now,
  userId,
  sessionId,
}: SessionCtx): Promise<z.output<typeof SignInSessions>> {
  const sessions = await db.prisma.signInSession.findMany({
    where: { userId, revokedAt: null, awaitsCode: false, expiresAt: { gt: now } },
    orderBy: { createdAt: 'desc' },
  });
  return {
    sessions: sessions.map(({ id, method, userAgent, createdAt, lastSeenAt }) => ({
      id,
      isThisOne: id === sessionId,
      method,
      device: deviceOf(userAgent),
      signedInAt: createdAt,
      lastSeenAt,
    })),
  };
}
