import { z } from 'zod';

import { MEMBER_ROLES } from '@/lib/domain/member-role';

import { InstantField } from './amounts';

const Role = z.enum(MEMBER_ROLES);

export const Member = z.object({
  userId: z.uuid(),
  email: z.string(),
  name: z.string().nullable(),
  role: Role,
  isYou: z.boolean(),
  /** An account without an owner could never get one again. */
  isLastOwner: z.boolean(),
  memberSince: InstantField,
  lastSignedInAt: InstantField.nullable(),
});
export type Member = z.output<typeof Member>;

/** Who belongs to the account, the longest there first. */
export const Members = z.object({ members: z.array(Member) });
export type Members = z.output<typeof Members>;

export const ChangeMemberRole = z.strictObject({ userId: z.uuid(), role: Role });
export type ChangeMemberRole = z.output<typeof ChangeMemberRole>;

export const MemberById = z.strictObject({ userId: z.uuid() });
export type MemberById = z.output<typeof MemberById>;
