/** An exact fraction; `denominator` is above zero. */
export type Ratio = { readonly numerator: bigint; readonly denominator: bigint };

/** How a fraction becomes a multiple of `step`; `nearest` sends a tie up. */
export type Rounding = { readonly direction: 'up' | 'down' | 'nearest'; readonly step: bigint };

/** `numerator / denominator`, never divided until it is rounded. */
export const ratio = (numerator: bigint, denominator = 1n): Ratio => ({ numerator, denominator });

/** The exact sum; nothing at all sums to zero. */
export const sumOf = (ratios: readonly Ratio[]): Ratio =>
  ratios.reduce(
    (a, b) => ratio(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator),
    ratio(0n),
  );

/** The multiple of `step` that `rounding` chooses: less than one step away from the fraction. */
export function rounded({ numerator, denominator }: Ratio, { direction, step }: Rounding): bigint {
  const size = denominator * step;
  if (direction === 'down') return floorOf(numerator, size) * step;
  if (direction === 'up') return -floorOf(-numerator, size) * step;
  return floorOf(2n * numerator + size, 2n * size) * step;
}

/** BigInt division cuts towards zero; money below zero must round down too. */
function floorOf(numerator: bigint, denominator: bigint): bigint {
  const cut = numerator / denominator;
  return numerator < 0n && cut * denominator !== numerator ? cut - 1n : cut;
}
