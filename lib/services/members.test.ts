import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { may, MEMBER_ROLES } from '@/lib/domain/member-role';
import { readMembers } from '@/lib/views/members';
import { joins, newPerson, rolesOf } from '@/test/access/people';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import { changeMemberRole } from './change-member-role';
import { removeMember } from './remove-member';

const ledger = await ledgerOfFile();

const comeTo = async (calls: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(calls))
    .map((outcome): string => (outcome.status === 'fulfilled' ? 'done' : outcome.reason.code))
    .toSorted((one, other) => one.localeCompare(other));

test('who belongs to an account, since when, as what; and who reads it', async () => {
  const owner = await joins(ledger, await ledger.newAccount(), 'owner');
  const viewer = await joins(ledger, owner.accountId, 'viewer');
  await joins(ledger, await ledger.newAccount(), 'owner');
  const at = new Date('2026-11-01T12:00:00Z');
  await ledger.asOwner('UPDATE users SET last_signed_in_at = $2 WHERE id = $1', [viewer.userId, at]);

  const { members } = await readMembers(viewer);
  expect(members).toMatchObject([
    { email: owner.email, role: 'owner', isYou: false, isLastOwner: true, lastSignedInAt: null },
    { email: viewer.email, role: 'viewer', isYou: true, isLastOwner: false, lastSignedInAt: at },
  ]);
});

test.each(MEMBER_ROLES)('a member can become %s', async (role) => {
  const owner = await joins(ledger, await ledger.newAccount(), 'owner');
  const { userId } = await joins(ledger, owner.accountId, 'viewer');
  await changeMemberRole(owner, { userId, role });
  expect((await rolesOf(ledger, owner.accountId)).get(userId)).toBe(role);
});

describe('the last owner', () => {
  test('is neither removed, nor made less, and cannot leave', async () => {
    const owner = await joins(ledger, await ledger.newAccount(), 'owner');
    const { userId, accountId } = owner;
    await joins(ledger, accountId, 'billing');
    await expect(removeMember(owner, { userId })).rejects.toMatchObject({ code: 'conflict' });
    await expect(changeMemberRole(owner, { userId, role: 'viewer' })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await rolesOf(ledger, accountId)).get(userId)).toBe('owner');
  });

  test('is one, when two leave at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const ada = await joins(ledger, await ledger.newAccount(), 'owner');
      const grace = await joins(ledger, ada.accountId, 'owner');
      const outcomes = await comeTo([
        removeMember(ada, { userId: ada.userId }),
        changeMemberRole(grace, { userId: grace.userId, role: 'viewer' }),
      ]);
      expect(outcomes).toEqual(['conflict', 'done']);
      const roles = [...(await rolesOf(ledger, ada.accountId)).values()];
      expect(roles.filter((role) => role === 'owner')).toHaveLength(1);
    }
  });

  test('is one, when two remove each other at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const ada = await joins(ledger, await ledger.newAccount(), 'owner');
      const grace = await joins(ledger, ada.accountId, 'owner');
      const outcomes = await comeTo([
        removeMember(ada, { userId: grace.userId }),
        removeMember(grace, { userId: ada.userId }),
      ]);
      expect(outcomes).toEqual(['done', 'forbidden']);
      expect([...(await rolesOf(ledger, ada.accountId)).values()]).toEqual(['owner']);
    }
  });
});

test('an owner who was taken out a moment ago changes nothing any more', async () => {
  const ada = await joins(ledger, await ledger.newAccount(), 'owner');
  const grace = await joins(ledger, ada.accountId, 'owner');
  const { userId } = await joins(ledger, ada.accountId, 'viewer');
  await removeMember(ada, { userId: grace.userId });
  await expect(changeMemberRole(grace, { userId, role: 'owner' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await changeMemberRole(ada, { userId, role: 'owner' });
  await changeMemberRole(ada, { userId: ada.userId, role: 'viewer' });
  await expect(removeMember(ada, { userId })).rejects.toMatchObject({ code: 'forbidden' });
});

test('everybody may leave, and nobody but an owner takes out others', async () => {
  const owner = await joins(ledger, await ledger.newAccount(), 'owner');
  for (const role of MEMBER_ROLES.filter((one) => !may(one, 'manage-members'))) {
    const member = await joins(ledger, owner.accountId, role);
    await expect(removeMember(member, { userId: owner.userId })).rejects.toMatchObject({ code: 'forbidden' });
    await removeMember(member, { userId: member.userId });
  }
  expect((await rolesOf(ledger, owner.accountId)).size).toBe(1);
});

test('members of other accounts, and nobody, are not found', async () => {
  const owner = await joins(ledger, await ledger.newAccount(), 'owner');
  const stranger = await joins(ledger, await ledger.newAccount(), 'viewer');
  for (const userId of [stranger.userId, randomUUID(), (await newPerson(ledger)).userId]) {
    await expect(removeMember(owner, { userId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(changeMemberRole(owner, { userId, role: 'owner' })).rejects.toMatchObject({
      code: 'not_found',
    });
  }
  expect((await rolesOf(ledger, stranger.accountId)).get(stranger.userId)).toBe('viewer');
});
