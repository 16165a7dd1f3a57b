const GOOD_FOR_MS = 15 * 60_000;

/** Whether a session was confirmed lately enough for what must not be done on a screen that somebody left open. */
export const isConfirmed = (confirmedAt: Date, now: Date): boolean =>
  now.getTime() - confirmedAt.getTime() < GOOD_FOR_MS;

/** How somebody shows once more who they are: by the app's code, the password, or a code that is mailed. */
export const CONFIRMATION_WAYS = ['code', 'password', 'mail'] as const;
export type ConfirmationWay = (typeof CONFIRMATION_WAYS)[number];

/** What a person may confirm by, the quickest first. Nothing weaker stands in for an authenticator. */
export function confirmationWays(has: { authenticator: boolean; password: boolean }): ConfirmationWay[] {
  if (has.authenticator) return ['code'];
  return has.password ? ['password', 'mail'] : ['mail'];
}
