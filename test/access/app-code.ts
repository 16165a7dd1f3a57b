import { Secret, TOTP } from 'otpauth';

/** What an authenticator app would show, `steps` half minutes from `at`. */
export const appCode = (secret: string, at: Date, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() + steps * 30_000 });
