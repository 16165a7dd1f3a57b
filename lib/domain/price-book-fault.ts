/** What is wrong with a price book, and where: `services.dubbing.price.rate.per`. */
export type PriceBookFault = { readonly path: string; readonly message: string };

/** Nothing where `isRight`, else the fault. */
export const unless = (isRight: boolean, path: string, message: string): PriceBookFault[] =>
  isRight ? [] : [{ path, message }];

export const aboveZero = (amount: bigint | null, path: string) =>
  unless(amount === null || amount > 0n, path, 'must be above zero');

export const notBelowZero = (amount: bigint, path: string) =>
  unless(amount >= 0n, path, 'must not be below zero');

/** A name that people or programs read. */
export const named = (name: string, path: string, shape: RegExp, message: string) =>
  unless(shape.test(name), path, message);

/** `least` ≤ `preset` ≤ `most`, the first above zero. */
export const inOrder = (
  { least, preset, most }: { least: bigint; preset: bigint; most: bigint },
  path: string,
): PriceBookFault[] => [
  ...aboveZero(least, `${path}.least`),
  ...unless(least <= most, `${path}.most`, 'must not be below least'),
  ...unless(least <= preset && preset <= most, `${path}.preset`, 'must be within least and most'),
];
