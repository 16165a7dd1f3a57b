import type { MemberRole } from './member-role';

/** What a role is for, in one line. */
export const ROLE_LINE: Readonly<Record<MemberRole, string>> = {
  owner: 'Everything, members included',
  billing: 'Buys credits, looks after cards and auto top-up',
  developer: 'API keys and webhooks, and cannot spend money',
  viewer: 'Sees everything and changes nothing',
};
