import { z } from 'zod';

import { InstantField } from './amounts';

/** A person's second factor. */
export const Authenticator = z.object({
  /** None: signing in asks for no code. */
  since: InstantField.nullable(),
  backupCodesLeft: z.number().int(),
});
export type Authenticator = z.output<typeof Authenticator>;

/** What is shown to the app, once: a picture, and the same to type. */
export const AuthenticatorBegun = z.object({
  secret: z.string(),
  qr: z.object({ size: z.number().int(), path: z.string() }),
});
export type AuthenticatorBegun = z.output<typeof AuthenticatorBegun>;

export const ConfirmAuthenticator = z.strictObject({
  code: z
    .string()
    .overwrite((text) => text.replaceAll(/\s/g, ''))
    .regex(/^\d{6}$/, 'Type the six digits that the app shows.'),
});

/** The only time that backup codes leave the server. */
export const BackupCodes = z.object({ codes: z.array(z.string()) });
export type BackupCodes = z.output<typeof BackupCodes>;
