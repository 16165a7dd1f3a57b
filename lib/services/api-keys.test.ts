import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { ApiKeys } from '@/lib/contracts/api-key';
import { hashOfApiKey } from '@/lib/db/api-key-text';
import { findApiKeys } from '@/lib/db/api-keys';
import type { RoleCtx } from '@/lib/db/context';
import type { ApiScope } from '@/lib/domain/api-scope';
import { AppError } from '@/lib/domain/app-error';
import type { MemberRole } from '@/lib/domain/member-role';
import { readApiKeys } from '@/lib/views/api-keys';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import { createApiKey } from './create-api-key';
import { revokeApiKey } from './revoke-api-key';
import { rotateApiKey } from './rotate-api-key';

const ledger = await ledgerOfFile();

const NOW = new Date('2200-01-01T00:00:00Z');

const member = async (role: MemberRole = 'owner'): Promise<RoleCtx> => ({
  db: ledger.db,
  now: NOW,
  accountId: await ledger.newAccount(),
  userId: randomUUID(),
  role,
});
const wanted = (scopes: ApiScope[] = ['read']) => ({
  id: randomUUID(),
  name: 'Backend',
  scopes,
  expiresInDays: null,
});
/** The account for which a key is good now. */
const goodFor = async (text: string) => {
  const [found] = await findApiKeys(ledger.db, [{ hash: hashOfApiKey(text), accountId: null }]);
  return found?.accountId ?? null;
};

describe('a key of an account', () => {
  test('is good for that account, is listed without its text, and its scopes are in order and once', async () => {
    const owner = await member();
    const { id, text } = await createApiKey(owner, {
      ...wanted(['billing', 'read', 'read']),
      expiresInDays: 30,
    });
    expect(text).toMatch(/^cof_live_[\w-]{32}$/);
    expect(await goodFor(text)).toBe(owner.accountId);

    const list = await readApiKeys(owner);
    expect(list.keys).toEqual([
      {
        id,
        name: 'Backend',
        prefix: text.slice(0, 16),
        scopes: ['read', 'billing'],
        createdAt: expect.any(Date),
        lastUsedAt: null,
        expiresAt: new Date('2200-01-31T00:00:00Z'),
        isExpired: false,
      },
    ]);
    expect(JSON.stringify(ApiKeys.encode(list))).not.toContain(text.slice(16));
    const later = { ...owner, now: new Date('2200-01-31T00:00:00Z') };
    expect((await readApiKeys(later)).keys).toMatchObject([{ id, isExpired: true }]);
  });

  test('is made once for an id, however often the button is pressed', async () => {
    const owner = await member();
    const key = wanted();
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => createApiKey(owner, key)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await readApiKeys(owner)).keys).toHaveLength(1);
    await expect(createApiKey(await member(), key)).rejects.toMatchObject({ code: 'conflict' });
  });

  test.each<{ role: MemberRole; may: ApiScope[] }>([
    { role: 'owner', may: ['read', 'meter', 'billing'] },
    { role: 'developer', may: ['read', 'meter'] },
    { role: 'billing', may: [] },
    { role: 'viewer', may: [] },
  ])('made by a $role may do no more than $may', async ({ role, may }) => {
    const maker = await member(role);
    const scopes = ['read', 'meter', 'billing'] as const;
    const outcomes = await Promise.all(
      scopes.map((scope) =>
        createApiKey(maker, wanted([scope])).then(
          () => scope,
          (error: unknown) => (error instanceof AppError ? error.code : error),
        ),
      ),
    );
    expect(outcomes).toEqual(scopes.map((scope) => (may.includes(scope) ? scope : 'forbidden')));
    expect((await readApiKeys(maker)).keys).toHaveLength(may.length);
  });
});

describe('revoking', () => {
  test('takes a key out at once, and a second time changes nothing', async () => {
    const owner = await member();
    const [gone, stays] = [await createApiKey(owner, wanted()), await createApiKey(owner, wanted())];
    await revokeApiKey(owner, gone);
    await revokeApiKey({ ...owner, now: new Date('2300-01-01T00:00:00Z') }, gone);

    expect(await Promise.all([goodFor(gone.text), goodFor(stays.text)])).toEqual([null, owner.accountId]);
    expect((await readApiKeys(owner)).keys.map(({ id }) => id)).toEqual([stays.id]);
    const since = await ledger.asOwner('SELECT revoked_at FROM api_keys WHERE id = $1', [gone.id]);
    expect(since).toEqual([{ revoked_at: NOW }]);
  });

  test('another account’s key, or none, is not found and stays good', async () => {
    const owner = await member();
    const stranger = await member();
    const { id, text } = await createApiKey(owner, wanted());
    for (const unknown of [id, randomUUID()])
      await expect(revokeApiKey(stranger, { id: unknown })).rejects.toMatchObject({ code: 'not_found' });
    expect(await goodFor(text)).toBe(owner.accountId);
    expect((await readApiKeys(stranger)).keys).toEqual([]);
  });
});

describe('a rotation', () => {
  const rotation = (id: string, overlapHours: 0 | 1 | 24 | 168 = 24) => ({
    id,
    newId: randomUUID(),
    overlapHours,
  });
  const day = 86_400_000;
  const after = (ms: number) => new Date(NOW.getTime() + ms);

  test('gives a new key that may do the same for as long, and the old one goes on until the end that is stated', async () => {
    const owner = await member();
    const old = await createApiKey(owner, { ...wanted(['read', 'billing']), expiresInDays: 90 });
    const { id, text } = await rotateApiKey(owner, rotation(old.id));
    expect(await goodFor(text)).toBe(owner.accountId);
    const { keys } = await readApiKeys({ ...owner, now: after(day - 1) });
    // Kept to the microsecond by one of the two clocks.
    const of = (wantedId: string) => keys.find((key) => key.id === wantedId);
    expect(of(old.id)).toMatchObject({ expiresAt: after(day), isExpired: false });
    expect(of(id)).toMatchObject({ name: 'Backend', scopes: ['read', 'billing'] });
    expect(
      (await readApiKeys({ ...owner, now: after(day) })).keys.find((key) => key.id === old.id),
    ).toMatchObject({
      isExpired: true,
    });
  });

  test('never lengthens a key, and one that has ended is not rotated', async () => {
    const owner = await member();
    const old = await createApiKey(owner, { ...wanted(), expiresInDays: 30 });
    const late = { ...owner, now: after(30 * day - 3_600_000) };
    await rotateApiKey(late, rotation(old.id, 168));
    expect((await readApiKeys(owner)).keys.find(({ id }) => id === old.id)?.expiresAt).toEqual(
      after(30 * day),
    );
    const ended = { ...owner, now: after(30 * day) };
    await expect(rotateApiKey(ended, rotation(old.id))).rejects.toMatchObject({ code: 'not_found' });
  });

  test('pressed twice makes one key, and the second answer is a refusal that says so', async () => {
    const owner = await member();
    const old = await createApiKey(owner, wanted());
    const twice = rotation(old.id);
    await rotateApiKey(owner, twice);
    await expect(rotateApiKey(owner, twice)).rejects.toMatchObject({ code: 'conflict' });
    expect((await readApiKeys(owner)).keys).toHaveLength(2);
  });

  test('is refused to whoever could not have made the key, and to other accounts', async () => {
    const owner = await member();
    const old = await createApiKey(owner, wanted(['billing']));
    await expect(rotateApiKey({ ...owner, role: 'developer' }, rotation(old.id))).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(rotateApiKey(await member(), rotation(old.id))).rejects.toMatchObject({ code: 'not_found' });
    expect((await readApiKeys(owner)).keys).toMatchObject([{ id: old.id, expiresAt: null }]);
  });
});
