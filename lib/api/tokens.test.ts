import { afterAll, beforeAll, expect, test } from 'vitest';

import { beginAuthenticator, confirmAuthenticator } from '@/lib/auth/authenticator';
import type { MemberRole } from '@/lib/domain/member-role';
import { appCode } from '@/test/access/app-code';
import { type ApiFixture, apiFixture } from '@/test/api/api-fixture';
import { newMember } from '@/test/api/new-member';

let api: ApiFixture;
beforeAll(async () => {
  api = await apiFixture('audiopod');
});
afterAll(() => api.close());

async function person(email: string, role: MemberRole): Promise<void> {
  await newMember(api.ledger, await api.ledger.newAccount(), role, email);
}
const tokenOf = (email: string, password: string) =>
  api.call('POST', '/api/v1/auth/token', { body: { email, password } });

test('whoever has the password gets a token that acts for them, as far as their role goes', async () => {
  await person('dev@example.com', 'developer');
  const { status, body } = await tokenOf('Dev@Example.com', 'correct horse');
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: 'bearer', expires_in: 3600 });
  const key: string = body.access_token;
  expect((await api.call('GET', '/api/v1/operations', { key })).status).toBe(200);
  await person('viewer@example.com', 'viewer');
  const viewer = (await tokenOf('viewer@example.com', 'correct horse')).body.access_token;
  const charge = { service: 'video_download', reference: 'x' };
  expect((await api.call('POST', '/v1/charges', { key: viewer, body: charge })).status).toBe(403);
});

test('a wrong password and an unknown address are refused in the same words', async () => {
  await person('ada@example.com', 'owner');
  const [wrong, unknown] = [
    await tokenOf('ada@example.com', 'wrong horse'),
    await tokenOf('nobody@example.com', 'wrong horse'),
  ];
  expect(wrong.status).toBe(401);
  expect(wrong.body.error.message).toBe(unknown.body.error.message);
  expect(unknown.status).toBe(401);
});

test('a token ends with its session, with its person, and when one letter of it is changed', async () => {
  await person('grace@example.com', 'owner');
  const key: string = (await tokenOf('grace@example.com', 'correct horse')).body.access_token;
  const forged = `${key.slice(0, -2)}${key.endsWith('AA') ? 'BB' : 'AA'}`;
  expect((await api.call('GET', '/v1/operations', { key: forged })).status).toBe(401);
  await api.ledger.asOwner('UPDATE sign_in_sessions SET revoked_at = now()');
  expect((await api.call('GET', '/v1/operations', { key })).status).toBe(401);
});

test('a token acts for the account that it was opened for, or for another of its member’s that is named', async () => {
  const own = await api.ledger.newAccount();
  const other = await api.ledger.newAccount();
  await newMember(api.ledger, own, 'owner', 'two@example.com');
  await api.ledger.asOwner(
    `INSERT INTO members (account_id, user_id, role) SELECT $1, id, 'viewer' FROM users WHERE email = 'two@example.com'`,
    [other],
  );
  const key: string = (await tokenOf('two@example.com', 'correct horse')).body.access_token;
  const charged = async (account?: bigint) =>
    (
      await api.call('POST', '/v1/charges', {
        key,
        body: { service: 'video_download', reference: 'x' },
        ...(account === undefined ? {} : { headers: { 'coffer-account': `${account}` } }),
      })
    ).status;
  expect(await charged(other)).toBe(403);
  expect(await charged(await api.ledger.newAccount())).toBe(404);
  expect(await charged(own)).not.toBe(403);

  await newMember(api.ledger, own, 'owner');
  await api.ledger.asOwner(
    `DELETE FROM members USING users WHERE users.id = user_id AND email = 'two@example.com' AND account_id = $1`,
    [own],
  );
  // Unnamed it was for the account that is lost, and slips into no other.
  expect(await charged()).toBe(401);
  expect(await charged(own)).toBe(404);
  expect(await charged(other)).toBe(403);
});

test('whoever signs in with a code too gets no token without it, and none twice for one code', async () => {
  await person('both@example.com', 'owner');
  const user = await api.ledger.db.prisma.user.findUniqueOrThrow({ where: { email: 'both@example.com' } });
  const at = new Date(Date.now() - 60_000);
  const { secret } = await beginAuthenticator(user, at);
  await confirmAuthenticator(user.id, appCode(secret, at), at);
  const given = { email: user.email, password: 'correct horse' };
  const ask = async (code?: string) =>
    (await api.call('POST', '/v1/auth/token', { body: code === undefined ? given : { ...given, code } }))
      .status;
  expect(await ask()).toBe(401);
  expect(await ask('000000')).toBe(422);
  const code = appCode(secret, new Date());
  expect([await ask(code), await ask(code)]).toEqual([200, 422]);
});

test('guessing is stopped after ten wrong passwords, and the answer says for how long', async () => {
  await person('lin@example.com', 'owner');
  await person('kim@example.com', 'owner');
  for (let guess = 0; guess < 10; guess += 1) {
    expect((await tokenOf('lin@example.com', `guess ${guess}`)).status).toBe(401);
  }
  const { status, body, headers } = await tokenOf('lin@example.com', 'correct horse');
  expect(status).toBe(429);
  expect(body.error.code).toBe('rate_limited');
  expect(headers.get('retry-after')).toBe(`${body.error.retry_after_seconds}`);
  expect((await tokenOf('kim@example.com', 'correct horse')).status).toBe(200);
});
