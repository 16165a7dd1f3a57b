/** A duration as dates count it. Never for an amount: beyond 2^53 it would round. */
// oxlint-disable-next-line coffer/pure-domain -- Dates take numbers; a duration of milliseconds fits one exactly.
export const millisecondsOf = (duration: bigint): number => Number(duration);

export const plus = (instant: Date, milliseconds: number): Date => new Date(instant.getTime() + milliseconds);

/** Calendar months are those of UTC, for limits as for allowances. */
export const nextMonthStart = (now: Date): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
