import type { Cents, Credits } from './credits';
import type { EntryKind } from './entry';
import type { MemberRole } from './member-role';
import type { MoneyBackState } from './money-back';
import type { TopUpStatus } from './top-up';

/** What staff see of an account beside what its customer sees. */
export type StaffAccount = {
  members: readonly { email: string; role: MemberRole; isDisabled: boolean; lastSeenAt: Date | null }[];
  grants: readonly {
    seq: bigint;
    kind: EntryKind;
    reference: string;
    amount: Credits;
    remaining: Credits;
    expiresAt: Date | null;
    createdAt: Date;
  }[];
  holds: readonly { reference: string; amount: Credits; createdAt: Date; expiresAt: Date }[];
  payments: readonly StaffPayment[];
  recoveries: readonly {
    topUpId: string;
    state: string;
    attempt: number;
    declineCode: string | null;
    openedAt: Date;
    linkAskedAt: Date;
    endedAt: Date | null;
  }[];
  /** What its people were told, the latest first. */
  told: readonly { what: string; at: Date }[];
  /** What is still to be done for it, and why it was not. */
  jobs: readonly { name: string; attempts: number; lastError: string | null; runAt: Date }[];
  audited: { seq: bigint; at: Date } | null;
};

/** A purchase, whatever came of it. */
export type StaffPayment = {
  topUpId: string;
  origin: 'manual' | 'auto';
  status: TopUpStatus;
  credits: Credits;
  priceCents: Cents;
  currency: string;
  received: Cents | null;
  stripePayment: string | null;
  stripeInvoice: string | null;
  createdAt: Date;
  creditedAt: Date | null;
  back: readonly { id: string; kind: 'refund' | 'dispute'; state: MoneyBackState }[];
};

/** What one of staff wrote down about an account, for the others. */
export type Note = { id: string; email: string; text: string; at: Date };
