import { NOTHING_RUNS } from './content-security-policy';

/** What every answer tells a browser not to do with it, whichever process gives it. */
export const ON_EVERY_ANSWER: readonly (readonly [name: string, value: string])[] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'strict-origin-when-cross-origin'],
  ['Permissions-Policy', 'camera=(), geolocation=(), microphone=()'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  // Browsers heed it over TLS only.
  ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'],
  // `proxy.ts` says more for pages.
  ['Content-Security-Policy', NOTHING_RUNS],
];
