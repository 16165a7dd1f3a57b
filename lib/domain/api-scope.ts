import { may, type MemberRole } from './member-role';

/** What a caller of the public API may do: look, report work that costs credits, or spend money. */
export const API_SCOPES = ['read', 'meter', 'billing'] as const;
export type ApiScope = (typeof API_SCOPES)[number];

const OF_ROLE: Readonly<Record<MemberRole, readonly ApiScope[]>> = {
  owner: ['read', 'meter', 'billing'],
  billing: ['read', 'billing'],
  developer: ['read', 'meter'],
  viewer: ['read'],
};

/** What a member may do with a token of their own. */
export const scopesOfRole = (role: MemberRole): readonly ApiScope[] => OF_ROLE[role];

/** What a member may let a key do: never more than they may themselves, and nothing where keys are not their work. */
export const keyScopesOfRole = (role: MemberRole): readonly ApiScope[] =>
  may(role, 'integrate') ? OF_ROLE[role] : [];
