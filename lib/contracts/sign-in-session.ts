import { z } from 'zod';

import { InstantField } from './amounts';

/** One place where the member is signed in. */
export const SignInSession = z.object({
  id: z.uuid(),
  isThisOne: z.boolean(),
  method: z.enum(['email', 'password', 'demo']),
  /** As the browser called itself, shortened for people: "Chrome on Linux". */
  device: z.string(),
  signedInAt: InstantField,
  lastSeenAt: InstantField,
});
export type SignInSession = z.output<typeof SignInSession>;

export const SignInSessions = z.object({ sessions: z.array(SignInSession) });

/** Ends one session, or every one but this. */
export const RevokeSessions = z.strictObject({ which: z.union([z.uuid(), z.literal('others')]) });

export const SessionsRevoked = z.object({ revoked: z.number().int() });
export type SessionsRevoked = z.output<typeof SessionsRevoked>;
