import { getServerSession } from 'next-auth';
import { cache } from 'react';

import { authOptions } from './options';
import {
  type AwaitedSession,
  findAwaitedSession,
  findLiveSession,
  type LiveSession,
} from './sign-in-sessions';

const sessionId = cache(async (): Promise<string | null> => {
  const session: { sid?: unknown } | null = await getServerSession(authOptions());
  return typeof session?.sid === 'string' ? session.sid : null;
});

/** Who asks, or null. Read from the database once a request, so that a revoked session ends at its next one. */
export const currentSession = cache(async (): Promise<LiveSession | null> => {
  const id = await sessionId();
  return id === null ? null : findLiveSession(id, new Date());
});

/** Who signed in and still owes a code, or null. */
export async function awaitedSession(): Promise<AwaitedSession | null> {
  const id = await sessionId();
  return id === null ? null : findAwaitedSession(id, new Date());
}
