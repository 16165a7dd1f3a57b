import sql from 'sql-template-tag';

import { type Database, database, inTransaction, type Tx } from '@/lib/db/database';
import { enqueue } from '@/lib/db/queue';
import { seal, unseal } from '@/lib/db/sealed';
import { AppError } from '@/lib/domain/app-error';
import type { AuthenticatorChange } from '@/lib/domain/authenticator-change';

import { newBackupCodes } from './backup-codes';
import { qrPath } from './qr-path';
import { codeWasRight, refuseTooManyCodes } from './sign-in-limits';
import { newTotpSecret, stepOfCode, totpUri } from './totp';

type Person = { id: string; email: string };
type Row = { sealedSecret: string; isConfirmed: boolean };

const sealing = (userId: string) => ({ purpose: 'totp-secret', of: userId });

/** What the app on a telephone is shown. It is good for nothing until a code of it has come back. */
export async function beginAuthenticator(
  { id: userId, email }: Person,
  now: Date,
): Promise<{ secret: string; qr: { size: number; path: string } }> {
  const secret = newTotpSecret();
  const begun = await database().query(sql`
    INSERT INTO authenticators AS known (user_id, sealed_secret, created_at)
    VALUES (${userId}, ${seal(secret, sealing(userId))}, ${now})
    ON CONFLICT (user_id) DO UPDATE SET sealed_secret = EXCLUDED.sealed_secret, created_at = EXCLUDED.created_at
     WHERE known.confirmed_at IS NULL
    RETURNING user_id`);
  if (begun.length === 0)
    throw new AppError('conflict', 'You have an authenticator already. Turn it off first.');
  return { secret, qr: qrPath(totpUri(secret, email)) };
}

/** Turns it on with the first code, and gives the backup codes, once. Sessions of before stay. */
export async function confirmAuthenticator(userId: string, code: string, now: Date): Promise<string[]> {
  await refuseTooManyCodes(userId);
  const codes = await inTransaction(database(), async (tx) => {
    const row = await find(tx, userId);
    if (row === null || row.isConfirmed)
      throw new AppError('conflict', 'There is nothing to turn on. Begin again.');
    if (!(await spend(tx, { userId, row, code, now }))) throw wrongCode();
    await tx.query(sql`UPDATE authenticators SET confirmed_at = ${now} WHERE user_id = ${userId}`);
    await tell(tx, { userId, change: 'turned-on', now });
    return newBackupCodes(tx, userId);
  });
  await codeWasRight(userId);
  return codes;
}

export async function removeAuthenticator(userId: string, now: Date): Promise<void> {
  await inTransaction(database(), async (tx) => {
    const gone = await tx.query(sql`
      DELETE FROM authenticators WHERE user_id = ${userId} AND confirmed_at IS NOT NULL RETURNING user_id`);
    await tx.query(sql`DELETE FROM backup_codes WHERE user_id = ${userId}`);
    if (gone.length > 0) await tell(tx, { userId, change: 'turned-off', now });
  });
}

/** Ten others; those of before are good for nothing any more. */
export const replaceBackupCodes = (userId: string, now: Date): Promise<string[]> =>
  inTransaction(database(), async (tx) => {
    const row = await find(tx, userId);
    if (row?.isConfirmed !== true)
      throw new AppError('conflict', 'You have no authenticator that they could stand in for.');
    await tell(tx, { userId, change: 'codes-replaced', now });
    return newBackupCodes(tx, userId);
  });

export const hasAuthenticator = async (userId: string): Promise<boolean> =>
  (await find(database(), userId))?.isConfirmed === true;

/** Whether the app shows this code now, and nobody used it before. It is used now. */
export async function spendAuthenticatorCode(userId: string, code: string, now: Date): Promise<boolean> {
  const row = await find(database(), userId);
  return row?.isConfirmed === true && spend(database(), { userId, row, code, now });
}

export const wrongCode = () =>
  new AppError('invalid_input', 'This code is wrong, or was used already. Wait for the next one.', {
    param: 'code',
  });

async function find(db: Pick<Database, 'query'>, userId: string): Promise<Row | null> {
  const [row] = await db.query<Row>(sql`
    SELECT sealed_secret AS "sealedSecret", confirmed_at IS NOT NULL AS "isConfirmed"
      FROM authenticators WHERE user_id = ${userId}`);
  return row ?? null;
}

type Spending = { userId: string; row: Row; code: string; now: Date };

/** Of two who use a code at once one comes first: whoever reads over a shoulder is the other. */
async function spend(db: Pick<Database, 'query'>, { userId, row, code, now }: Spending): Promise<boolean> {
  const step = stepOfCode(unseal(row.sealedSecret, sealing(userId)), code.replaceAll(/\s/g, ''), now);
  if (step === null) return false;
  const spent = await db.query(sql`
    UPDATE authenticators SET last_step = ${step}
     WHERE user_id = ${userId} AND sealed_secret = ${row.sealedSecret} AND (last_step IS NULL OR last_step < ${step})
    RETURNING user_id`);
  return spent.length > 0;
}

type Told = { userId: string; change: AuthenticatorChange; now: Date };

const tell = (tx: Tx, { userId, change, now }: Told) =>
  enqueue(
    tx,
    { name: 'tell-authenticator-changed', userId, change, at: now.toISOString() },
    { key: `${userId}:${change}:${now.getTime()}` },
  );
