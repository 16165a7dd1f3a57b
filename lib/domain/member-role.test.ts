import { describe, expect, test } from 'vitest';

import { isLastOwner, may, MEMBER_ROLES, type Permission, whoMay } from './member-role';

describe('who may do what', () => {
  test.each<{ permission: Permission; who: string; roles: string[] }>([
    { permission: 'buy', who: 'Owners and billing members', roles: ['owner', 'billing'] },
    { permission: 'integrate', who: 'Owners and developers', roles: ['owner', 'developer'] },
    { permission: 'manage-members', who: 'Owners', roles: ['owner'] },
    {
      permission: 'act-for-themselves',
      who: 'Owners, billing members, developers and viewers',
      roles: [...MEMBER_ROLES],
    },
  ])('$permission: $who', ({ permission, who, roles }) => {
    expect(MEMBER_ROLES.filter((role) => may(role, permission))).toEqual(roles);
    expect(whoMay(permission)).toBe(who);
  });

  test('everybody may look', () => {
    expect(MEMBER_ROLES.every((role) => may(role, 'look'))).toBe(true);
  });

  test('an owner may do everything that anybody may', () => {
    const permissions: Permission[] = ['buy', 'integrate', 'manage-members', 'act-for-themselves'];
    expect(permissions.every((permission) => may('owner', permission))).toBe(true);
  });
});

test.each(MEMBER_ROLES.flatMap((role) => [0, 1, 2].map((owners) => ({ role, owners }))))(
  'the last owner is the one whom nobody could follow: $role of $owners owners',
  ({ role, owners }) => {
    expect(isLastOwner(role, owners)).toBe(role === 'owner' && owners < 2);
  },
);
