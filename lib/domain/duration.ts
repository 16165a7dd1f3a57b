const MILLISECONDS = 1_000n;

/** Durations are milliseconds wherever they are measured. */
export const seconds = (count: bigint) => count * MILLISECONDS;
export const minutes = (count: bigint) => seconds(count * 60n);
export const hours = (count: bigint) => minutes(count * 60n);
