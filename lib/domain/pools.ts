import { type Credits, credits } from './credits';

/** What an account can spend, by where it came from. Together they are what is available. */
export type Pools = {
  /** Of the monthly allowance. */
  readonly allowance: Credits;
  /** Bought or given; below zero where there is a debt. */
  readonly rest: Credits;
};

/** `left` is what remains of the allowance. Holds take from it first, as charges do: it ends first. */
export function poolsOf({
  available,
  held,
  left,
}: {
  available: Credits;
  held: Credits;
  left: Credits;
}): Pools {
  const free = left - held;
  const allowance = credits(least(free > 0n ? free : 0n, available > 0n ? available : 0n));
  return { allowance, rest: credits(available - allowance) };
}

const least = (a: bigint, b: bigint) => (a < b ? a : b);
