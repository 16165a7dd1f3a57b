import { getServerSession } from 'next-auth';
import { cache } from 'react';

import { authOptions } from './options';
import { findLiveSession, type LiveSession } from './sign-in-sessions';

/** Who asks, or null. Read from the database once a request, so that a revoked session ends at its next one. */
export const currentSession = cache(async (): Promise<LiveSession | null> => {
  const session: { sid?: unknown } | null = await getServerSession(authOptions());
  return typeof session?.sid === 'string' ? findLiveSession(session.sid, new Date()) : null;
});
