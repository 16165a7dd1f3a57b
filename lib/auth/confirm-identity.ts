import { database } from '@/lib/db/database';
import { AppError } from '@/lib/domain/app-error';
import { type ConfirmationWay, confirmationWays } from '@/lib/domain/confirmation';

import { hasAuthenticator, spendAuthenticatorCode, wrongCode } from './authenticator';
import { spendBackupCode } from './backup-codes';
import { checkPassword } from './check-password';
import { spendMailedCode } from './mailed-codes';
import { codeWasRight, refuseTooManyCodes } from './sign-in-limits';
import type { LiveSession } from './sign-in-sessions';

type Given = { way: ConfirmationWay; secret: string; peer: string };

/** What this person may confirm by. */
export async function waysToConfirm({ user }: LiveSession): Promise<ConfirmationWay[]> {
  const { passwordHash } = await database().prisma.user.findUniqueOrThrow({ where: { id: user.id } });
  return confirmationWays({
    authenticator: await hasAuthenticator(user.id),
    password: passwordHash !== null,
  });
}

/** Notes in the session that it is still its person who uses it; refuses whoever cannot show that. */
export async function confirmIdentity(session: LiveSession, given: Given, now: Date): Promise<void> {
  if (!(await waysToConfirm(session)).includes(given.way))
    throw new AppError('invalid_input', 'You cannot confirm by this.', { param: 'way' });
  if (given.way === 'password') await byPassword(session, given);
  else await byCode(session, given, now);
  await database().prisma.signInSession.update({ where: { id: session.id }, data: { confirmedAt: now } });
}

async function byPassword({ user }: LiveSession, { secret, peer }: Given): Promise<void> {
  const checked = await checkPassword({ email: user.email, password: secret, peer });
  if (checked.kind === 'right' && checked.user.id === user.id) return;
  if (checked.kind !== 'too-many')
    throw new AppError('invalid_input', 'This password is wrong.', { param: 'secret' });
  throw new AppError('rate_limited', 'There were too many wrong passwords. Try again in 15 minutes.', {
    retry_after_seconds: checked.seconds,
  });
}

async function byCode({ id, user }: LiveSession, { way, secret }: Given, now: Date): Promise<void> {
  await refuseTooManyCodes(user.id);
  const isRight =
    way === 'mail'
      ? await spendMailedCode(id, secret, now)
      : (await spendAuthenticatorCode(user.id, secret, now)) || (await spendBackupCode(user.id, secret, now));
  if (!isRight) throw wrongCode();
  await codeWasRight(user.id);
}
