import { createHash, randomBytes } from 'node:crypto';

import { env } from '@/lib/env';

const TOKEN_BYTES = 32;

/** The cookie that next-auth compares with the form's `csrfToken`. */
export const csrfCookieName = () =>
  env().APP_URL.startsWith('https:') ? '__Host-next-auth.csrf-token' : 'next-auth.csrf-token';

const hashOf = (token: string) => createHash('sha256').update(`${token}${env().AUTH_SECRET}`).digest('hex');

/** A cookie value as next-auth makes them, so that a form works before any script has run. */
export function newCsrfCookie(): string {
  const token = randomBytes(TOKEN_BYTES).toString('hex');
  return `${token}|${hashOf(token)}`;
}

/** False for one that was made under another secret: next-auth would refuse every form that carries its token. */
export function isOurCsrfCookie(cookie: string): boolean {
  const [token = '', hash] = cookie.split('|');
  return hash === hashOf(token);
}

/** What the form must carry. */
export const csrfTokenIn = (cookie: string | undefined) => (cookie ?? '').split('|')[0] ?? '';
