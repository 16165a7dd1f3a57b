/** How long a result is kept that nobody has paid for. */
export const daysKept = (days: number): string =>
  days === 1 ? 'kept for 1 more day' : `kept for ${days} more days`;
