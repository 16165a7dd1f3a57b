import { z } from 'zod';

import { CONFIRMATION_WAYS } from '@/lib/domain/confirmation';

const Way = z.enum(CONFIRMATION_WAYS);

export const ConfirmationWays = z.object({ ways: z.array(Way), email: z.string() });
export type ConfirmationWays = z.output<typeof ConfirmationWays>;

export const ConfirmIdentity = z.strictObject({
  way: Way,
  /** The password or the code. */
  secret: z.string().min(1).max(1_000),
});
export type ConfirmIdentity = z.output<typeof ConfirmIdentity>;

/** The same from a plain form, with the page to go back to. */
export const ConfirmOnPage = ConfirmIdentity.extend({ back: z.string().max(2_000) });

/** A plain form that asks for a code by mail. */
export const MailCodeOnPage = z.strictObject({ back: z.string().max(2_000) });

/** The code that signing in still owes. */
export const SignInCode = z.strictObject({ code: z.string().min(1).max(40), back: z.string().max(2_000) });
