import { type Cents, type Credits, credits } from './credits';
import { ratio, rounded } from './ratio';

/**
 * asked: a bank asks about a payment, and no money has moved · open: a bank took the money and has not decided · gone: the
 * money is back with the customer · over: it is not, and will not be.
 */
export type MoneyBackState = 'asked' | 'open' | 'gone' | 'over';

/** A refund or a dispute of one payment, as far as it has come. */
export type MoneyBack = {
  /** Stripe's: `re_…` or `dp_…`. */
  id: string;
  kind: 'refund' | 'dispute';
  state: MoneyBackState;
  /** Only ever goes up: of two reports, the one with less is the older. */
  progress: number;
  amount: Cents;
  happenedAt: Date;
};

/** A claw-back on the ledger. `id` is its reference: of a refund or dispute, or of a rest. */
export type Clawback = { id: string; amount: Credits; isGivenBack: boolean };

export type MoneyBackStep =
  | { kind: 'take'; id: string; amount: Credits }
  /** Undoes the whole claw-back of that reference. */
  | { kind: 'give'; id: string };

/** A purchase that was paid with money. */
export type PaidPurchase = { payment: string; credits: Credits; received: Cents };

/** What is known after hearing `said`, in the order it happened. Old reports change nothing, whenever they come. */
export function heard(known: readonly MoneyBack[], said: readonly MoneyBack[]): MoneyBack[] {
  const latest = new Map(known.map((back) => [back.id, back]));
  for (const back of said) {
    const before = latest.get(back.id);
    if (before === undefined || before.progress < back.progress) latest.set(back.id, back);
  }
  return [...latest.values()].sort(earlierFirst);
}

const earlierFirst = (a: MoneyBack, b: MoneyBack) =>
  a.happenedAt.getTime() - b.happenedAt.getTime() || (a.id < b.id ? -1 : 1);

/** The credits that so much money had bought, rounded down, so that nobody loses a credit to rounding. */
const boughtWith = ({ credits: all, received }: PaidPurchase, amount: Cents): Credits =>
  credits(received > 0n ? rounded(ratio(all * amount, received), { direction: 'down', step: 1n }) : 0n);

/**
 * All that is to be taken back of a purchase: everything once all its money is gone. Of one that was paid past Stripe, as
 * by a transfer, Stripe received nothing, and nothing can go back through it.
 */
export function toTakeBack(purchase: PaidPurchase, known: readonly MoneyBack[]): Credits {
  const gone = known.filter(({ state }) => state === 'gone');
  const money = gone.reduce((sum, { amount }) => sum + amount, 0n);
  if (purchase.received > 0n && money >= purchase.received) return purchase.credits;
  return total(gone.map(({ amount }) => boughtWith(purchase, amount)));
}

/**
 * What has to be entered so that the claw-backs of a purchase are those of its money that is gone: one for each refund and
 * lost dispute, and one for the rest that rounding left, once nothing of the money is left. Entered, it finds nothing to do.
 */
export function stepsOf(
  purchase: PaidPurchase,
  known: readonly MoneyBack[],
  ledger: readonly Clawback[],
): MoneyBackStep[] {
  const wanted = toTakeBack(purchase, known);
  const isGone = (id: string) => known.some((back) => back.id === id && back.state === 'gone');
  const standing = ledger.filter(({ isGivenBack }) => !isGivenBack);
  const rests = standing.filter(({ id }) => id.startsWith(restOf(purchase)));
  const wrong = standing.filter((clawback) => !rests.includes(clawback) && !isGone(clawback.id));
  const right = standing.filter((clawback) => !rests.includes(clawback) && isGone(clawback.id));

  const pieces = missingPieces(purchase, known, { wanted, ledger, taken: totalOf(right) });
  const rest = credits(wanted - totalOf(right) - totalOf(pieces));
  const isRestRight = totalOf(rests) === rest;
  return [
    ...[...wrong, ...(isRestRight ? [] : rests)].map(({ id }): MoneyBackStep => ({ kind: 'give', id })),
    ...pieces,
    ...(isRestRight || rest <= 0n ? [] : [nextRest(purchase, ledger, rest)]),
  ];
}

type Take = Extract<MoneyBackStep, { kind: 'take' }>;
type Sums = { wanted: Credits; taken: Credits; ledger: readonly Clawback[] };

function missingPieces(
  purchase: PaidPurchase,
  known: readonly MoneyBack[],
  { wanted, taken, ledger }: Sums,
): Take[] {
  const pieces: Take[] = [];
  let left = credits(wanted - taken);
  for (const { id, state, amount } of known) {
    if (state !== 'gone' || ledger.some((clawback) => clawback.id === id)) continue;
    const bought = boughtWith(purchase, amount);
    const piece = bought < left ? bought : left;
    if (piece <= 0n) continue;
    pieces.push({ kind: 'take', id, amount: piece });
    left = credits(left - piece);
  }
  return pieces;
}

const restOf = ({ payment }: PaidPurchase) => `${payment}:rest:`;

/** A reference is good once, so each rest has the next number. */
function nextRest(purchase: PaidPurchase, ledger: readonly Clawback[], amount: Credits): Take {
  const before = ledger.filter(({ id }) => id.startsWith(restOf(purchase))).length;
  return { kind: 'take', id: `${restOf(purchase)}${before + 1}`, amount };
}

const total = (amounts: readonly Credits[]): Credits =>
  credits(amounts.reduce<bigint>((sum, amount) => sum + amount, 0n));
const totalOf = (taken: readonly { amount: Credits }[]) => total(taken.map(({ amount }) => amount));
