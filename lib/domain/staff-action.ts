import { type Cents, cents, type Credits } from './credits';
import { lastsUntil } from './lasts-until';
import type { RefundPlan } from './refund-plan';
import type { StaffRole } from './staff-role';

export const STAFF_ACTIONS = [
  'credit',
  'debit',
  'bonus',
  'refund',
  'pause-auto-top-up',
  'resume-auto-top-up',
  'freeze',
  'thaw',
] as const;
export type StaffActionKind = (typeof STAFF_ACTIONS)[number];

/** waiting: for a second person · doing: agreed to, and not come to an end yet. */
type StaffActionState = 'waiting' | 'doing' | 'done' | 'declined' | 'failed';

const dollars = (amount: bigint) => cents(amount * 100n);
const FREELY = dollars(100_000n);
const NEVER_ALONE = cents(-1n);

/** How much somebody may do alone within a day, in all. Beyond it a second person has to agree. */
export const LIMITS: Readonly<Record<StaffActionKind, Readonly<Record<StaffRole, Cents>>>> = {
  credit: { support: dollars(25n), finance: dollars(500n), admin: dollars(500n) },
  debit: { support: NEVER_ALONE, finance: dollars(500n), admin: dollars(500n) },
  bonus: { support: dollars(25n), finance: dollars(500n), admin: dollars(500n) },
  refund: { support: dollars(50n), finance: dollars(1_000n), admin: dollars(1_000n) },
  'pause-auto-top-up': { support: FREELY, finance: FREELY, admin: FREELY },
  'resume-auto-top-up': { support: FREELY, finance: FREELY, admin: FREELY },
  // What stops harm must not wait; what lets it go on may.
  freeze: { support: FREELY, finance: FREELY, admin: FREELY },
  thaw: { support: NEVER_ALONE, finance: FREELY, admin: FREELY },
};

/** More than any one action is worth: such an amount is a slip of the hand, whoever agrees. */
const MOST = dollars(100_000n);

export type StaffAsk = {
  kind: StaffActionKind;
  role: StaffRole;
  worth: Cents;
  /** Of this kind and those that count with it, what they did alone within the last day. */
  doneAlone: Cents;
  /** They are a member of the account. */
  isOwnAccount: boolean;
};
export type StaffVerdict =
  | { kind: 'do' }
  | { kind: 'ask'; limit: Cents }
  | { kind: 'refuse'; because: 'own-account' | 'too-much' };

/** Kinds that give the same thing away count together. */
export const countedWith = (kind: StaffActionKind): readonly StaffActionKind[] =>
  kind === 'credit' || kind === 'bonus' ? ['credit', 'bonus'] : [kind];

/** Whether somebody of staff may do a thing alone, has to ask a second person, or may not even ask. */
export function verdictOn({ kind, role, worth, doneAlone, isOwnAccount }: StaffAsk): StaffVerdict {
  if (isOwnAccount) return { kind: 'refuse', because: 'own-account' };
  if (worth > MOST) return { kind: 'refuse', because: 'too-much' };
  const limit = LIMITS[kind][role];
  return doneAlone + worth <= limit ? { kind: 'do' } : { kind: 'ask', limit };
}

export type Approval = { role: StaffRole; isAsker: boolean; isOwnAccount: boolean };

/** Why somebody may not decide on what another asked for; null where they may. */
export function refusalToDecide({
  role,
  isAsker,
  isOwnAccount,
}: Approval): 'own-request' | 'own-account' | 'role' | null {
  if (isAsker) return 'own-request';
  if (isOwnAccount) return 'own-account';
  return role === 'support' ? 'role' : null;
}

/** What credits count for against a limit: rounded up, so that many small amounts are no way around it. */
export function countedWorth(amount: Credits, rate: { creditUnits: Credits; priceCents: Cents }): Cents {
  return cents((amount * rate.priceCents + rate.creditUnits - 1n) / rate.creditUnits);
}

/** What one of staff wants done, as its form says it. */
export type StaffActionWanted = { id: string; reason: string } & (
  | { kind: 'credit' | 'debit'; amount: Credits }
  | { kind: 'bonus'; amount: Credits; lasts: 'by-price-book' | 'for-ever' | Date }
  | { kind: 'refund'; topUpId: string; amountCents: Cents }
  | { kind: 'pause-auto-top-up' | 'resume-auto-top-up' | 'freeze' | 'thaw' }
);

/** When what an action gives ends: as whoever asks says, else as the price book says; null where it never does, or gives nothing. */
export function endOf(wanted: StaffActionWanted, days: bigint | null, now: Date): Date | null {
  if (wanted.kind !== 'bonus' || wanted.lasts === 'for-ever') return null;
  return wanted.lasts === 'by-price-book' ? lastsUntil(days, now) : wanted.lasts;
}

/** What an action would do, and whether whoever looks may do it. Nothing has happened yet. */
export type StaffPlan = {
  wanted: StaffActionWanted;
  verdict: StaffVerdict;
  worth: Cents;
  currency: string;
  /** Of what it gives; null where that lasts for ever. */
  expiresAt: Date | null;
  balanceBefore: Credits;
  balanceAfter: Credits;
  refund: RefundPlan | null;
  /** Why it cannot be done as things stand, as a sentence. */
  obstacle: string | null;
};

/** An action as it was asked for, and what came of it. */
export type StaffAction = {
  accountId: bigint;
  accountName: string;
  id: string;
  kind: StaffActionKind;
  state: StaffActionState;
  amount: Credits | null;
  amountCents: Cents | null;
  worthCents: Cents;
  expiresAt: Date | null;
  topUpId: string | null;
  /** Of the purchase that is given back. */
  currency: string | null;
  reason: string;
  askedBy: string;
  askerEmail: string;
  askedAt: Date;
  deciderEmail: string | null;
  decidedAt: Date | null;
  decidedBecause: string | null;
  endedAt: Date | null;
  outcome: string | null;
};
