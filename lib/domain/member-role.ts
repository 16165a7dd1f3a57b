/** What a member of an account may do. */
export const MEMBER_ROLES = ['owner', 'billing', 'developer', 'viewer'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** Those whose clicks may cost money. */
export const mayBuy = (role: MemberRole) => role === 'owner' || role === 'billing';
