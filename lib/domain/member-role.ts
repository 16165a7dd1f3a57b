/** What a member of an account is; the table below says what each may do. */
export const MEMBER_ROLES = ['owner', 'billing', 'developer', 'viewer'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** Every rule of who may do what in an account: routes refuse by it, pages offer by it, and both say who else may. */
const MAY = {
  look: MEMBER_ROLES,
  /** Whatever costs money, and the cards that it is taken from. */
  buy: ['owner', 'billing'],
  /** Whatever connects programs: API keys, and events to the customer's systems. */
  integrate: ['owner', 'developer'],
  'manage-members': ['owner'],
  /** What concerns nobody else: where they are signed in, and leaving. */
  'act-for-themselves': MEMBER_ROLES,
} as const satisfies Readonly<Record<string, readonly MemberRole[]>>;
export type Permission = keyof typeof MAY;

export const may = (role: MemberRole, permission: Permission): boolean =>
  (MAY[permission] as readonly MemberRole[]).includes(role);

const PLURAL: Readonly<Record<MemberRole, string>> = {
  owner: 'owners',
  billing: 'billing members',
  developer: 'developers',
  viewer: 'viewers',
};

/** Who may, as a sentence begins with them: "Owners and billing members". */
export function whoMay(permission: Permission): string {
  const [first = '', ...others] = MAY[permission].map((role) => PLURAL[role]);
  const last = others.pop();
  const named = last === undefined ? first : `${[first, ...others].join(', ')} and ${last}`;
  return `${named.charAt(0).toUpperCase()}${named.slice(1)}`;
}

/** Whether a member may be taken from a role: an account without an owner could never get one again. */
export const isLastOwner = (role: MemberRole, owners: number): boolean => role === 'owner' && owners <= 1;
