import { Secret, TOTP } from 'otpauth';

const ISSUER = 'Coffer';
const SECRET_BYTES = 20;
const PERIOD_SECONDS = 30;
// One before and one after: a telephone's clock is seldom further off.
const WINDOW = 1;

const totpOf = (secret: string, label = '') =>
  new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS });

/** 160 random bits, in the base32 that people can type. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** What an authenticator app reads from the picture. */
export const totpUri = (secret: string, email: string): string => totpOf(secret, email).toString();

/** The half minute that a code stands for, or null for a wrong one. Who uses it sees to it that it counts once. */
export function stepOfCode(secret: string, code: string, now: Date): bigint | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totpOf(secret).validate({ token: code, timestamp: now.getTime(), window: WINDOW });
  return delta === null
    ? null
    : BigInt(TOTP.counter({ period: PERIOD_SECONDS, timestamp: now.getTime() }) + delta);
}
