import { z } from 'zod';

import { normalizeEmail } from '@/lib/domain/email-address';
import { MEMBER_ROLES } from '@/lib/domain/member-role';

import { InstantField } from './amounts';

const Role = z.enum(MEMBER_ROLES);

/** Somebody whom the account awaits. */
export const PendingInvitation = z.object({
  id: z.uuid(),
  email: z.string(),
  role: Role,
  invitedBy: z.string(),
  sentAt: InstantField,
  expiresAt: InstantField,
  isExpired: z.boolean(),
});
export type PendingInvitation = z.output<typeof PendingInvitation>;

export const Invitations = z.object({ invitations: z.array(PendingInvitation) });
export type Invitations = z.output<typeof Invitations>;

export const InviteMember = z.strictObject({
  email: z
    .string()
    .refine((text) => normalizeEmail(text) !== null, 'Write one e-mail address, like ada@company.com.'),
  role: Role,
});
export type InviteMember = z.output<typeof InviteMember>;

export const InvitationById = z.strictObject({ id: z.uuid() });
export type InvitationById = z.output<typeof InvitationById>;

/** What the button of an invitation's page sends. */
export const AcceptInvitation = z.strictObject({ link: z.string().max(200) });
export type AcceptInvitation = z.output<typeof AcceptInvitation>;
