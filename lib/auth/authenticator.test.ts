import { describe, expect, test } from 'vitest';

import { readAuthenticator } from '@/lib/views/authenticator';
import { appCode } from '@/test/access/app-code';
import { ledgerOfProcess } from '@/test/access/ledger-of-process';
import { newPerson } from '@/test/access/people';

import {
  beginAuthenticator,
  confirmAuthenticator,
  hasAuthenticator,
  removeAuthenticator,
  replaceBackupCodes,
  spendAuthenticatorCode,
} from './authenticator';
import { spendBackupCode } from './backup-codes';
import { completeSignIn } from './second-factor';
import { findAwaitedSession, findLiveSession, openSession } from './sign-in-sessions';

const ledger = await ledgerOfProcess();

const NOW = new Date('2026-11-22T12:00:10Z');
const later = (halfMinutes: number) => new Date(NOW.getTime() + halfMinutes * 30_000);

const person = async () => {
  const { userId, email } = await newPerson(ledger);
  return { id: userId, email };
};
/** Somebody whose sign-in asks for a code; the code that turned it on is used. */
async function withAuthenticator() {
  const who = await person();
  const { secret } = await beginAuthenticator(who, NOW);
  const codes = await confirmAuthenticator(who.id, appCode(secret, NOW), NOW);
  return { ...who, secret, codes };
}
const oneOf = (outcomes: readonly boolean[]) => outcomes.filter(Boolean).length;
const changesTold = async (userId: string) =>
  (
    await ledger.asOwner<{ change: string }>(
      `SELECT j.payload->>'change' AS change FROM graphile_worker._private_jobs j
        WHERE j.payload->>'userId' = $1 ORDER BY j.id`,
      [userId],
    )
  ).map(({ change }) => change);

describe('turning it on', () => {
  test('wants one right code first, and then gives ten backup codes', async () => {
    const who = await person();
    const { secret, qr } = await beginAuthenticator(who, NOW);
    expect(qr.path).toMatch(/^(M\d+ \d+h1v1h-1z)+$/);
    expect(await hasAuthenticator(who.id)).toBe(false);
    expect(await spendAuthenticatorCode(who.id, appCode(secret, NOW), NOW)).toBe(false);
    await expect(confirmAuthenticator(who.id, '000000', later(90))).rejects.toMatchObject({
      code: 'invalid_input',
    });

    const codes = await confirmAuthenticator(who.id, appCode(secret, NOW), NOW);
    expect(new Set(codes).size).toBe(10);
    expect(await hasAuthenticator(who.id)).toBe(true);
    expect(await readAuthenticator({ db: ledger.db, now: NOW }, who.id)).toEqual({
      since: NOW,
      backupCodesLeft: 10,
    });
    await expect(beginAuthenticator(who, NOW)).rejects.toMatchObject({ code: 'conflict' });
    expect(await changesTold(who.id)).toEqual(['turned-on']);
  });

  test('begun twice, counts with the later secret alone', async () => {
    const who = await person();
    const first = await beginAuthenticator(who, NOW);
    const second = await beginAuthenticator(who, NOW);
    await expect(confirmAuthenticator(who.id, appCode(first.secret, NOW), NOW)).rejects.toThrow('wrong');
    await confirmAuthenticator(who.id, appCode(second.secret, NOW), NOW);
  });

  test('leaves neither the secret nor a code in the database', async () => {
    const { id, secret, codes } = await withAuthenticator();
    const stored = JSON.stringify([
      await ledger.asOwner('SELECT * FROM authenticators WHERE user_id = $1', [id]),
      await ledger.asOwner(`SELECT encode(code_hash, 'escape') FROM backup_codes WHERE user_id = $1`, [id]),
    ]);
    for (const text of [secret, ...codes, ...codes.map((code) => code.replace('-', ''))])
      expect(stored).not.toContain(text);
  });
});

describe('a code', () => {
  test('works once, also for two at the same moment, and one of before never again', async () => {
    const { id, secret } = await withAuthenticator();
    const spend = (steps: number, at = later(steps)) =>
      spendAuthenticatorCode(id, appCode(secret, NOW, steps), at);
    expect(await spend(0, NOW)).toBe(false);
    expect(oneOf(await Promise.all([spend(2), spend(2), spend(2), spend(2)]))).toBe(1);
    expect(await spend(2)).toBe(false);
    // Still within what clocks may differ, and older than the one that was used.
    expect(await spend(1, later(2))).toBe(false);
    expect(await spend(3)).toBe(true);
  });

  test('of somebody else is none, and a secret that was moved to somebody else opens nothing', async () => {
    const [ada, eve] = [await withAuthenticator(), await withAuthenticator()];
    expect(await spendAuthenticatorCode(ada.id, appCode(eve.secret, later(2)), later(2))).toBe(false);
    await ledger.asOwner(
      `UPDATE authenticators a SET sealed_secret = b.sealed_secret FROM authenticators b WHERE a.user_id = $1 AND b.user_id = $2`,
      [ada.id, eve.id],
    );
    await expect(spendAuthenticatorCode(ada.id, appCode(eve.secret, later(2)), later(2))).rejects.toThrow(
      /auth/,
    );
  });
});

describe('a backup code', () => {
  test('works once, however it is typed, and for its person alone', async () => {
    const { id, codes } = await withAuthenticator();
    const [first = '', second = ''] = codes;
    const stranger = await withAuthenticator();
    expect(await spendBackupCode(stranger.id, first, NOW)).toBe(false);
    const tries = [first, first.toLowerCase(), first.replace('-', ' '), ` ${first} `];
    expect(oneOf(await Promise.all(tries.map((typed) => spendBackupCode(id, typed, NOW))))).toBe(1);
    expect(await spendBackupCode(id, second, NOW)).toBe(true);
    expect((await readAuthenticator({ db: ledger.db, now: NOW }, id)).backupCodesLeft).toBe(8);
  });

  test('ends when there are others, or when the authenticator goes', async () => {
    const { id, codes } = await withAuthenticator();
    const others = await replaceBackupCodes(id, NOW);
    expect(await spendBackupCode(id, codes[0] ?? '', NOW)).toBe(false);
    await removeAuthenticator(id, NOW);
    expect(await spendBackupCode(id, others[0] ?? '', NOW)).toBe(false);
    expect(await hasAuthenticator(id)).toBe(false);
    await expect(replaceBackupCodes(id, NOW)).rejects.toMatchObject({ code: 'conflict' });
    expect(await changesTold(id)).toEqual(['turned-on', 'codes-replaced', 'turned-off']);
  });
});

describe('a sign-in that owes a code', () => {
  const signsIn = async (userId: string) => {
    const id = await openSession({ userId, method: 'password', userAgent: '', awaitsCode: true });
    const session = await findAwaitedSession(id, new Date());
    if (!session) throw new Error('The session is not awaited');
    return session;
  };
  // Sessions are opened by the system's clock, which is past that of these codes.
  const NEXT = new Date(Date.now() + 120_000);

  test('is good for nothing until it is given, and for a fortnight then', async () => {
    const { id, secret } = await withAuthenticator();
    const session = await signsIn(id);
    expect(await findLiveSession(session.id, new Date())).toBeNull();
    await expect(completeSignIn(session, '000000', NOW)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await findLiveSession(session.id, new Date())).toBeNull();

    await completeSignIn(session, appCode(secret, NEXT), NEXT);
    const live = await findLiveSession(session.id, NEXT);
    expect(live).toMatchObject({ user: { id }, hasAuthenticator: true, confirmedAt: NEXT });
    expect(await findAwaitedSession(session.id, NEXT)).toBeNull();
    expect(await findLiveSession(session.id, new Date(NEXT.getTime() + 13 * 86_400_000))).not.toBeNull();
  });

  test('ends by itself, and a code does not revive it', async () => {
    const { id, codes } = await withAuthenticator();
    const session = await signsIn(id);
    const tooLate = new Date(Date.now() + 11 * 60_000);
    expect(await findAwaitedSession(session.id, tooLate)).toBeNull();
    await completeSignIn(session, codes[0] ?? '', tooLate);
    expect(await findLiveSession(session.id, tooLate)).toBeNull();
  });

  test('cannot be guessed: five wrong codes, and the right one is not looked at', async () => {
    const { id, codes } = await withAuthenticator();
    const session = await signsIn(id);
    const guess = () => completeSignIn(session, '123456', NOW).catch((error: { code: string }) => error.code);
    expect(await Promise.all([1, 2, 3, 4, 5].map(guess))).toEqual(Array(5).fill('invalid_input'));
    await expect(completeSignIn(session, codes[0] ?? '', NOW)).rejects.toMatchObject({
      code: 'rate_limited',
    });
  });
});
