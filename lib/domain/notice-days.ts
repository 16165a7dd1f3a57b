/** How many days before unpaid work is thrown away its owner is warned; once each. */
export const PURGE_NOTICE_DAYS = [7, 3, 1] as const;

/** How many days before credits expire their owner is told. */
export const EXPIRY_NOTICE_DAYS = 7;

/** What would be told within so many days of a mail stands in it already: no day brings two of a kind. */
export const TOLD_EARLY_DAYS = 1;
