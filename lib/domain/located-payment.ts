import type { Cents, Credits } from './credits';
import type { FindingClass } from './reconciliation';
import { isSafeToRepair } from './reconciliation';
import type { StaffRole } from './staff-role';
import type { TopUpStatus, TopUpOrigin } from './top-up';

/** What is known of a purchase's money, here and at Stripe, at one moment. */
export type PaymentFacts = {
  status: TopUpStatus;
  /** Null where Stripe was never asked for money. */
  isPaid: boolean | null;
  isCredited: boolean;
  /** Money that went back or is disputed. */
  back: Cents;
  received: Cents;
  findings: readonly FindingClass[];
};

/**
 * never-asked: the buyer never came to pay · not-paid: Stripe has no money · on-its-way: paid, and the credits are seconds away ·
 * missing: paid, and no credits · credited · gone-back: credited, and the money returned in part or whole · wrong: the ledger and
 * Stripe do not agree in another way.
 */
export type MoneyIs =
  | 'never-asked'
  | 'not-paid'
  | 'on-its-way'
  | 'missing'
  | 'credited'
  | 'gone-back'
  | 'wrong';

/** Where the money of a purchase is, in one word. */
export function whereIsMoney({ isPaid, isCredited, back, findings }: PaymentFacts): MoneyIs {
  if (findings.includes('paid-not-credited')) return 'missing';
  if (findings.length > 0) return 'wrong';
  if (isCredited) return back > 0n ? 'gone-back' : 'credited';
  if (isPaid === null) return 'never-asked';
  return isPaid ? 'on-its-way' : 'not-paid';
}

/** Whether somebody may put it right: what no customer can lose by, everyone of staff; the rest takes credits away. */
export const mayRepair = (findings: readonly FindingClass[], role: StaffRole): boolean =>
  findings.length > 0 && (role !== 'support' || findings.every(isSafeToRepair));

/** A purchase, and where its money is. */
export type LocatedPayment = {
  accountId: bigint;
  accountName: string;
  topUpId: string;
  origin: TopUpOrigin;
  status: TopUpStatus;
  is: MoneyIs;
  credits: Credits;
  priceCents: Cents;
  currency: string;
  createdAt: Date;
  stripe: {
    payment: string | null;
    session: string | null;
    invoice: string | null;
    isPaid: boolean | null;
    received: Cents;
  };
  /** The line that credited it, and what is left of its grant. */
  entry: { seq: bigint; at: Date; remaining: Credits } | null;
  back: readonly { id: string; kind: 'refund' | 'dispute'; state: string; amount: Cents }[];
  /** What does not agree, and what would be entered to put it right. */
  findings: readonly { class: FindingClass; entry: Credits }[];
};
