import type { MemberRole } from '@/lib/domain/member-role';
import type { StaffRole } from '@/lib/domain/staff-role';

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

declare const vouched: unique symbol;
/** One of the company's own people: made only where their session was checked. */
export type Staff = {
  readonly [vouched]: true;
  userId: string;
  email: string;
  role: StaffRole;
  /** Accounts that they are a member of, and therefore may not act on. */
  ownAccounts: readonly bigint[];
  /** When they last showed who they are. */
  confirmedAt: Date;
};
/** Staff at work, and where they ask from. */
export type StaffCtx = Ctx & { staff: Staff; ipAddress: string | null; userAgent: string | null };
/** Staff at work on one account. */
export type StaffAccountCtx = StaffCtx & AccountCtx;

/** For work nobody asked for just now, on an account that a stored row names. */
export const accountOfRow = (accountId: bigint) => accountId as AccountId;
