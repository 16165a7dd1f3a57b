/** How long a result is kept that nobody has paid for. */
export const daysKept = (days: bigint): string =>
  days === 1n ? 'kept for 1 more day' : `kept for ${days} more days`;
