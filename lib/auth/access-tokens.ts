import { createHash } from 'node:crypto';

import { errors, jwtVerify, SignJWT } from 'jose';

import { env } from '@/lib/env';

import type { PasswordChecked } from './check-password';
import { openSession } from './sign-in-sessions';

/** How long a token lasts before its member signs in again. */
export const ACCESS_TOKEN_SECONDS = 3_600;
const ISSUER = 'coffer';
const AUDIENCE = 'coffer-api';

// Derived, so that a token is never good for what next-auth encrypts with the secret itself.
const keyOf = (secret: string) => createHash('sha256').update(`coffer access token\n${secret}`).digest();

/** Signs a person in for the API, whose second factor was asked for where they have one. The token stands for a sign-in session of theirs, and ends when that does. */
export async function openAccessToken(
  { user }: Extract<PasswordChecked, { kind: 'right' }>,
  userAgent: string,
): Promise<string> {
  const sid = await openSession({ userId: user.id, method: 'password', userAgent, awaitsCode: false });
  return new SignJWT({ sid })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${ACCESS_TOKEN_SECONDS}s`)
    .sign(keyOf(env().AUTH_SECRET));
}

/** The session that a token stands for, or null for anything that we did not sign or that is past its time. */
export async function sessionOfAccessToken(token: string): Promise<string | null> {
  try {
    const { payload } = await jwtVerify(token, keyOf(env().AUTH_SECRET), {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: AUDIENCE,
    });
    return typeof payload['sid'] === 'string' ? payload['sid'] : null;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}
