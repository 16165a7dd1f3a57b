import type { ApiScope } from '@/lib/domain/api-scope';

/** Whoever may ask the web application. Members are of one account; the stranger owns another one. */
export const VISITORS = [
  'anonymous',
  'signed out',
  'disabled',
  'key holder',
  'removed',
  'viewer',
  'developer',
  'billing',
  'owner',
  'frozen owner',
  'stranger',
] as const;
export type Visitor = (typeof VISITORS)[number];

const NOBODY: readonly Visitor[] = ['anonymous', 'signed out', 'disabled', 'key holder'];
/** Signed in or not is all the same. */
export const EVERYONE: readonly Visitor[] = [...VISITORS];
export const SIGNED_IN = VISITORS.filter((visitor) => !NOBODY.includes(visitor));
export const MEMBERS = SIGNED_IN.filter((visitor) => visitor !== 'removed');
export const BUYERS: readonly Visitor[] = ['billing', 'owner', 'frozen owner', 'stranger'];
/** Those who look after the members. */
export const MANAGERS: readonly Visitor[] = ['owner', 'frozen owner', 'stranger'];
export const INTEGRATORS: readonly Visitor[] = ['developer', 'owner', 'frozen owner', 'stranger'];

/** Whose tenant a visitor acts in: the members' own, or one of the two others. */
export const tenantOf = (visitor: Visitor): Tenant => {
  if (visitor === 'stranger') return 'other';
  return visitor === 'frozen owner' ? 'frozen' : 'own';
};
export const TENANTS = ['own', 'frozen', 'other'] as const;
export type Tenant = (typeof TENANTS)[number];

/** Whoever may call the public API, and what it may do there. null: it is nobody. */
export const CALLERS = {
  'no key': null,
  'a nonsense key': null,
  'a key in the query': null,
  'a session cookie': null,
  'a revoked key': null,
  'an expired key': null,
  'a token of an ended session': null,
  'a token of a disabled person': null,
  'a token of a removed member': null,
  'a read key': ['read'],
  'a meter key': ['meter'],
  'a billing key': ['billing'],
  'an account key': ['read', 'meter', 'billing'],
  'a key of a frozen account': ['read', 'meter', 'billing'],
  'a service key': ['read', 'meter', 'billing'],
  'a service key that may read': ['read'],
  'an owner’s token': ['read', 'meter', 'billing'],
  'a billing member’s token': ['read', 'billing'],
  'a developer’s token': ['read', 'meter'],
  'a viewer’s token': ['read'],
} as const satisfies Record<string, readonly ApiScope[] | null>;
export type Caller = keyof typeof CALLERS;
