import type { Cents, Credits } from './credits';

/** How many of something there are, as a plain number: rows, milliseconds, a share of a whole. Amounts do not compile. */
export const numberOf = <Count extends bigint>(
  count: Count extends Cents | Credits ? never : Count,
): number => exact(count);

/** An amount for a wire that has no bigint. Throws where a number would not be the amount. */
export const exactNumber = (amount: Cents | Credits): number => exact(amount);

/** A proportion for the eye, which may be rounded. Amounts do not compile. */
export const roundedNumber = <Count extends bigint>(
  proportion: Count extends Cents | Credits ? never : Count,
): number => Number(proportion);

function exact(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new RangeError(`${value} is beyond what a number counts one by one`);
  return number;
}
