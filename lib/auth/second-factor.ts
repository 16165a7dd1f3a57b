import { database } from '@/lib/db/database';

import { spendAuthenticatorCode, wrongCode } from './authenticator';
import { spendBackupCode } from './backup-codes';
import { codeWasRight, refuseTooManyCodes } from './sign-in-limits';
import { type AwaitedSession, SESSION_SECONDS } from './sign-in-sessions';

/** A code of the app, or a backup code, each good once. */
export async function checkSecondFactor(userId: string, code: string, now: Date): Promise<void> {
  await refuseTooManyCodes(userId);
  const isRight =
    (await spendAuthenticatorCode(userId, code, now)) || (await spendBackupCode(userId, code, now));
  if (!isRight) throw wrongCode();
  await codeWasRight(userId);
}

/** Makes a session live whose first factor was right. */
export async function completeSignIn({ id, userId }: AwaitedSession, code: string, now: Date): Promise<void> {
  await checkSecondFactor(userId, code, now);
  await database().prisma.signInSession.updateMany({
    where: { id, awaitsCode: true, revokedAt: null, expiresAt: { gt: now } },
    data: {
      awaitsCode: false,
      confirmedAt: now,
      expiresAt: new Date(now.getTime() + SESSION_SECONDS * 1_000),
    },
  });
}
