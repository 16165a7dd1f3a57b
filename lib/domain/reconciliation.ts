import { type Cents, type Credits, credits } from './credits';
import { type Clawback, type MoneyBack, type PaidPurchase, toTakeBack } from './money-back';

/**
 * paid-not-credited: money came, and no credits · credited-not-paid: credits stand there that nobody paid for ·
 * credited-twice: one payment bought the credits of two purchases · refunded-not-clawed: what was taken back is not what
 * went back · drift: the ledger contradicts itself.
 */
export type FindingClass =
  | 'paid-not-credited'
  | 'credited-not-paid'
  | 'credited-twice'
  | 'refunded-not-clawed'
  | 'drift';

/** One purchase as Stripe, the ledger and our own rows have it, at one moment. */
export type PurchaseFacts = {
  credits: Credits;
  /** Whether Stripe has its money, or says that none was due. */
  isPaid: boolean;
  /** Whether credits of it are on the ledger. */
  isCredited: boolean;
  /** Of the payment that it was paid with. */
  payment: { id: string; received: Cents; bought: 'this' | 'another' } | null;
  back: readonly MoneyBack[];
  clawbacks: readonly Clawback[];
  /** Credits that reconciling added to or took from the account for it before. */
  corrected: Credits;
};

/** `entry` is what has to be added to the ledger to put it right. */
export type Finding = { class: FindingClass; entry: Credits };

/** Classes that the ordinary verbs put right, and which no customer loses by. The others wait for a person's word. */
export const isSafeToRepair = (found: FindingClass): boolean =>
  found === 'paid-not-credited' || found === 'refunded-not-clawed';

/** What does not agree; nothing where Stripe, ledger and rows say the same. */
export function findingsOf(facts: PurchaseFacts): Finding[] {
  if (!facts.isCredited) return facts.isPaid ? [{ class: 'paid-not-credited', entry: facts.credits }] : [];
  const taken = standingOf(facts.clawbacks);
  const left = credits(facts.credits - taken + facts.corrected);
  if (!facts.isPaid) return unlessNone('credited-not-paid', credits(-left));
  if (facts.payment?.bought === 'another') return unlessNone('credited-twice', credits(-left));
  if (facts.payment === null) return [];
  const purchase: PaidPurchase = {
    payment: facts.payment.id,
    credits: facts.credits,
    received: facts.payment.received,
  };
  return unlessNone('refunded-not-clawed', credits(taken - toTakeBack(purchase, facts.back)));
}

const unlessNone = (found: FindingClass, entry: Credits): Finding[] =>
  entry === 0n ? [] : [{ class: found, entry }];

const standingOf = (clawbacks: readonly Clawback[]): Credits =>
  credits(clawbacks.reduce((sum, { amount, isGivenBack }) => sum + (isGivenBack ? 0n : amount), 0n));
