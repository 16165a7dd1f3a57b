const DAY_MS = 86_400_000n;

/** Whole days until an instant, begun ones counted: 1 on the last day, 0 when it has passed. */
export function daysLeft(until: Date, now: Date): bigint {
  const left = BigInt(until.getTime()) - BigInt(now.getTime());
  return left <= 0n ? 0n : (left + DAY_MS - 1n) / DAY_MS;
}
