import { numberOf } from './number-of';

const DAY_MS = 86_400_000;

/** When what is given at `from` ends after so many days; null where it never does. */
export const lastsUntil = (days: bigint | null, from: Date): Date | null =>
  days === null ? null : new Date(from.getTime() + numberOf(days) * DAY_MS);
