import { numberOf } from './number-of';

/** A duration as dates count it. Never for an amount: beyond 2^53 it would round. */
export const millisecondsOf = (duration: bigint): number => numberOf(duration);

export const plus = (instant: Date, milliseconds: number): Date => new Date(instant.getTime() + milliseconds);

/** Calendar months are those of UTC, for limits as for allowances. */
export const nextMonthStart = (now: Date): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
