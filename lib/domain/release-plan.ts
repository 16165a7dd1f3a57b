import { type Credits, credits } from './credits';
import { daysLeft } from './days-left';

/** Finished work that waits to be paid for, as `pending_payment`. */
export type Waiting = {
  readonly reference: string;
  readonly service: string;
  readonly amount: Credits;
  /** When its result is thrown away. */
  readonly purgeAt: Date;
};

export type ReleasePlan = {
  /** The oldest first, as it was given. */
  readonly lines: readonly (Waiting & { readonly isReleased: boolean; readonly daysLeft: bigint })[];
  readonly released: bigint;
  /** What the first that stays lacks; null where none stays. */
  readonly nextLacks: Credits | null;
};

/**
 * What a credit of `adds` releases: strictly the oldest first, up to the first that does not fit, as the ledger pays.
 * `room` is what is available above the floor, below zero where it is owed.
 */
export function releasePlanOf(
  waiting: readonly Waiting[],
  { room, adds, now }: { room: Credits; adds: Credits; now: Date },
): ReleasePlan {
  let left: bigint = room + adds;
  let released = 0n;
  let nextLacks: Credits | null = null;
  const lines = waiting.map((operation) => {
    const isReleased = nextLacks === null && operation.amount <= (left > 0n ? left : 0n);
    if (isReleased) {
      left -= operation.amount;
      released += 1n;
    } else {
      nextLacks ??= credits(operation.amount - left);
    }
    return { ...operation, isReleased, daysLeft: daysLeft(operation.purgeAt, now) };
  });
  return { lines, released, nextLacks };
}

/**
 * The least that has to come in for all of `references` to be released, with all that waits before them. Null where one
 * of them is not among what waits.
 */
export function neededToRelease(
  waiting: readonly Waiting[],
  { references, room }: { references: ReadonlySet<string>; room: Credits },
): Credits | null {
  const isWanted = ({ reference }: Waiting) => references.has(reference);
  if (waiting.filter(isWanted).length < references.size) return null;
  const through = waiting.slice(0, waiting.findLastIndex(isWanted) + 1);
  const needed = through.reduce((sum, { amount }) => sum + amount, 0n) - room;
  return credits(needed > 0n ? needed : 0n);
}
