import type { MemberRole } from '@/lib/domain/member-role';

import type { Database } from './database';

declare const checked: unique symbol;
/** An account whose member is asking: made only where the two were checked together, or by the house's own work. */
export type AccountId = bigint & { readonly [checked]: true };

export type Ctx = { db: Database; now: Date };
export type AccountCtx = Ctx & { accountId: AccountId };
/** A member at work in their account. */
export type MemberCtx = AccountCtx & { userId: string };
/** Where what a member may do depends on more than the request. */
export type RoleCtx = MemberCtx & { role: MemberRole };
/** Whoever buys for an account: a member, or a program of theirs. */
export type BuyerCtx = AccountCtx & { userId: string | null };

/** A signed-in person's request, with the session it came by. */
export type SessionCtx = Ctx & { userId: string; sessionId: string };

/** For work nobody asked for just now, on an account that a stored row names. */
export const accountOfRow = (accountId: bigint) => accountId as AccountId;
