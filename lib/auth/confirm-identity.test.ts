import { describe, expect, test } from 'vitest';

import { appCode } from '@/test/access/app-code';
import { ledgerOfProcess } from '@/test/access/ledger-of-process';
import { newPerson } from '@/test/access/people';
import { newMember } from '@/test/api/new-member';

import { beginAuthenticator, confirmAuthenticator } from './authenticator';
import { hashOfCode } from './code-hash';
import { confirmIdentity, waysToConfirm } from './confirm-identity';
import { requireConfirmed } from './confirmation';
import { sendCode } from './mailed-codes';
import { findLiveSession, type LiveSession, openSession } from './sign-in-sessions';

const ledger = await ledgerOfProcess();

const LATER = new Date(Date.now() + 3_600_000);

async function sessionOf(userId: string): Promise<LiveSession> {
  const id = await openSession({ userId, method: 'password', userAgent: '', awaitsCode: false });
  return again({ id });
}
async function again({ id }: { id: string }): Promise<LiveSession> {
  const session = await findLiveSession(id, new Date());
  if (!session) throw new Error('The session is not live');
  return session;
}
async function withPassword(): Promise<LiveSession> {
  const { email } = await newMember(ledger, await ledger.newAccount(), 'owner');
  const user = await ledger.db.prisma.user.findUniqueOrThrow({ where: { email } });
  return sessionOf(user.id);
}
const withoutPassword = async () => sessionOf((await newPerson(ledger)).userId);
type Way = Parameters<typeof confirmIdentity>[1]['way'];
const confirms = (session: LiveSession, way: Way, secret: string, now = LATER) =>
  confirmIdentity(session, { way, secret, peer: '203.0.113.7' }, now);
/** A code as it was mailed; nobody takes mail here, so that what is sent fails loudly, after it is kept. */
async function mailed(session: LiveSession, code: string, until = LATER): Promise<void> {
  await ledger.asOwner(
    `INSERT INTO mailed_codes (session_id, code_hash, expires_at) VALUES ($1, $2, $3)
     ON CONFLICT (session_id) DO UPDATE SET code_hash = EXCLUDED.code_hash, expires_at = EXCLUDED.expires_at`,
    [session.id, hashOfCode('mailed', session.id, code), new Date(until.getTime() + 60_000)],
  );
}

test('a session is confirmed when it is opened, and not a quarter of an hour later', async () => {
  const session = await withoutPassword();
  requireConfirmed(session, new Date());
  expect(() => requireConfirmed(session, LATER)).toThrow(
    expect.objectContaining({ code: 'confirmation_required' }),
  );
});

describe('the password', () => {
  test('confirms its own session and no other', async () => {
    const session = await withPassword();
    const other = await sessionOf(session.user.id);
    await confirms(session, 'password', 'correct horse');
    requireConfirmed(await again(session), LATER);
    expect(() => requireConfirmed(other, LATER)).toThrow('Please confirm');
  });

  test('that is wrong confirms nothing', async () => {
    const session = await withPassword();
    await expect(confirms(session, 'password', 'wrong horse')).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect((await again(session)).confirmedAt).toEqual(session.confirmedAt);
  });
});

describe('a mailed code', () => {
  test('confirms once', async () => {
    const session = await withoutPassword();
    await mailed(session, '123456');
    await confirms(session, 'mail', '123 456');
    requireConfirmed(await again(session), LATER);
    await expect(confirms(session, 'mail', '123456')).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('is good for the session that asked, until its time is over', async () => {
    const [session, other] = [await withoutPassword(), await withoutPassword()];
    await mailed(session, '123456');
    await expect(confirms(other, 'mail', '123456')).rejects.toMatchObject({ code: 'invalid_input' });
    const over = new Date(LATER.getTime() + 60_000);
    await expect(confirms(session, 'mail', '123456', over)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('cannot be guessed, and five mails an hour are enough', async () => {
    const session = await withoutPassword();
    await mailed(session, '123456');
    for (let guess = 0; guess < 5; guess += 1)
      await expect(confirms(session, 'mail', '654321')).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(confirms(session, 'mail', '123456')).rejects.toMatchObject({ code: 'rate_limited' });

    const of = { sessionId: session.id, email: session.user.email };
    for (let mail = 0; mail < 5; mail += 1)
      await expect(sendCode(of, new Date())).rejects.toThrow(/ECONNREFUSED/);
    await expect(sendCode(of, new Date())).rejects.toMatchObject({ code: 'rate_limited' });
  });
});

test('with an authenticator nothing weaker confirms', async () => {
  const session = await withPassword();
  expect(await waysToConfirm(session)).toEqual(['password', 'mail']);
  const { secret } = await beginAuthenticator(session.user, LATER);
  await confirmAuthenticator(session.user.id, appCode(secret, LATER), LATER);
  expect(await waysToConfirm(session)).toEqual(['code']);
  await mailed(session, '123456');
  for (const [way, given] of [
    ['password', 'correct horse'],
    ['mail', '123456'],
  ] as const)
    await expect(confirms(session, way, given)).rejects.toMatchObject({ code: 'invalid_input' });

  const next = new Date(LATER.getTime() + 60_000);
  await confirms(session, 'code', appCode(secret, next), next);
  requireConfirmed(await again(session), next);
});
