import { type Credits, credits } from './credits';
import { ratio, type Ratio, rounded, type Rounding, sumOf } from './ratio';
import type { Measure } from './work';

/** A bigint as JSON carries it. */
type Digits = string;
export type WrittenRounding = { readonly direction: Rounding['direction']; readonly step: Digits };

/** One product of the sum: the counted quantity × `credits` ÷ `per`. */
export type CalculationLine = {
  /** What this line charges for: the service, one of its features, or a model. */
  readonly item: string;
  /** `operation` counts the work itself, once. */
  readonly measure: Measure | 'operation';
  readonly quantity: Digits;
  /** What lies beyond is not charged; null where everything is. */
  readonly atMost: Digits | null;
  readonly counted: WrittenRounding;
  readonly credits: Digits;
  readonly per: Digits;
};

/**
 * How an amount came about, kept with its entry. Plain JSON, credits and their steps in millionths of a credit. From
 * `lines`, `rounding`, `minimum` and `quoted` alone the amount can be worked out again.
 */
export type Calculation = {
  readonly priceBook: { readonly id: string; readonly version: string };
  readonly service: string;
  /** What was measured or asked for, as it came in. */
  readonly inputs: Readonly<Record<string, Digits | readonly string[]>>;
  readonly lines: readonly CalculationLine[];
  readonly rounding: WrittenRounding;
  readonly minimum: Digits;
  /** What a quote promised as the most that this costs; null where nothing was quoted. */
  readonly quoted: Digits | null;
  /** For people: the same arithmetic with its numbers. */
  readonly formula: string;
};

/** The steps of the arithmetic, in its order. */
export type Workings = { exact: Ratio; rounded: Credits; atLeast: Credits; amount: Credits };

/** The amount that a calculation comes to. Throws on one that this program did not write. */
export const recompute = (calculation: Calculation): Credits => workingsOf(calculation).amount;

/** Sum, one rounding, the minimum, and what a quote promised. */
export function workingsOf(
  calculation: Pick<Calculation, 'lines' | 'rounding' | 'minimum' | 'quoted'>,
): Workings {
  const exact = sumOf(calculation.lines.map(exactOf));
  const sum = rounded(exact, roundingOf(calculation.rounding));
  const atLeast = larger(sum, BigInt(calculation.minimum));
  const amount = calculation.quoted === null ? atLeast : smaller(atLeast, BigInt(calculation.quoted));
  return { exact, rounded: credits(sum), atLeast: credits(atLeast), amount: credits(amount) };
}

/** What one line comes to, before anything is rounded. */
export const exactOf = (line: CalculationLine) =>
  ratio(countedOf(line) * BigInt(line.credits), BigInt(line.per));

/** How much of a line's quantity is charged. */
export function countedOf({ quantity, atMost, counted }: CalculationLine): bigint {
  const charged = atMost === null ? BigInt(quantity) : smaller(BigInt(quantity), BigInt(atMost));
  return rounded(ratio(charged), roundingOf(counted));
}

const roundingOf = ({ direction, step }: WrittenRounding): Rounding => ({ direction, step: BigInt(step) });
const smaller = (a: bigint, b: bigint) => (a < b ? a : b);
const larger = (a: bigint, b: bigint) => (a > b ? a : b);
