import { database } from '@/lib/db/database';
import { forgive, giveBackOne, type Limit, takeOne } from '@/lib/db/rate-limits';
import { AppError } from '@/lib/domain/app-error';

const QUARTER_HOUR = 900;
const HOUR = 3_600;

const WRONG_PASSWORDS: Limit = { name: 'password-of-person', most: 10, seconds: QUARTER_HOUR };
const WRONG_PASSWORDS_FROM: Limit = { name: 'password-from-address', most: 100, seconds: QUARTER_HOUR };
const LINKS: Limit = { name: 'link-to-person', most: 5, seconds: HOUR };
const LINKS_FROM: Limit = { name: 'link-from-address', most: 100, seconds: HOUR };

const CODES: Limit = { name: 'code-of-person', most: 5, seconds: QUARTER_HOUR };
const CODE_MAILS: Limit = { name: 'code-to-person', most: 5, seconds: HOUR };

type From = { email: string; address: string };

/**
 * Counts a try, before the password is looked at, so that a hundred at once are a hundred tries; null when it may be made,
 * else the seconds until one may.
 */
export const takePasswordTry = async ({ email, address }: From): Promise<number | null> =>
  (await takeOne(database(), WRONG_PASSWORDS, email)) ??
  (await takeOne(database(), WRONG_PASSWORDS_FROM, address));

/** A try that was right is none to be counted. */
export async function passwordWasRight({ email, address }: From): Promise<void> {
  await Promise.all([
    forgive(database(), WRONG_PASSWORDS, email),
    giveBackOne(database(), WRONG_PASSWORDS_FROM, address),
  ]);
}

/** Nobody's mailbox is filled through us. */
export const mayAskForLink = async ({ email, address }: From): Promise<boolean> =>
  ((await takeOne(database(), LINKS, email)) ?? (await takeOne(database(), LINKS_FROM, address))) === null;

/** Counts a code before it is looked at: five are too few to guess one of a million. */
export async function refuseTooManyCodes(userId: string): Promise<void> {
  const seconds = await takeOne(database(), CODES, userId);
  if (seconds === null) return;
  throw new AppError('rate_limited', 'There were too many wrong codes. Try again in 15 minutes.', {
    retry_after_seconds: seconds,
  });
}

export const codeWasRight = (userId: string): Promise<void> => forgive(database(), CODES, userId);

export async function refuseTooManyMails(email: string): Promise<void> {
  const seconds = await takeOne(database(), CODE_MAILS, email);
  if (seconds === null) return;
  throw new AppError(
    'rate_limited',
    'Several codes were mailed already. Use the newest one, or try again in an hour.',
    {
      retry_after_seconds: seconds,
    },
  );
}
