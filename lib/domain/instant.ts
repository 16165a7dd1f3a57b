export const plus = (instant: Date, milliseconds: number): Date => new Date(instant.getTime() + milliseconds);

/** Calendar months are those of UTC, for limits as for allowances. */
export const nextMonthStart = (now: Date): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
