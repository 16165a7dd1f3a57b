import { type Calculation, type CalculationLine, countedOf, exactOf, workingsOf } from './calculation';
import { type Credits, credits } from './credits';
import { formatCredits } from './format';
import type { Ratio } from './ratio';
import type { Measure } from './work';

/** How a price book calls its credits. */
export type CreditNames = { singular: string; plural: string };

/** `90 s × 10 credits ÷ 60 s = 15 credits`: a calculation's arithmetic with its numbers, for people. */
export function formulaOf(
  calculation: Pick<Calculation, 'service' | 'lines' | 'rounding' | 'minimum' | 'quoted'>,
  names: CreditNames,
): string {
  const { exact, rounded, atLeast, amount } = workingsOf(calculation);
  const inWords = wordsOf(names);
  const lines = calculation.lines.map((line) => lineInWords(line, inWords, calculation.service));

  const isWhole = exact.numerator === rounded * exact.denominator;
  const { direction } = calculation.rounding;
  const [sum, comesTo] = [
    lines.join(' + '),
    isWhole ? inWords(rounded) : `${decimals(exact)} ${names.plural}`,
  ];
  const steps = [
    sum === comesTo ? sum : `${sum} = ${comesTo}`,
    isWhole ? null : `rounded ${direction === 'nearest' ? '' : `${direction} `}to ${inWords(rounded)}`,
    atLeast === rounded ? null : `the minimum is ${inWords(atLeast)}`,
    amount === atLeast ? null : `quoted as at most ${inWords(amount)}`,
  ];
  return steps.filter((step) => step !== null).join('; ');
}

/** A step of the arithmetic, and what it comes to. */
export type Step = { readonly text: string; readonly comesTo: string };

/** The same, one step after another, as somebody would work it out again. */
export function stepsOf(
  calculation: Pick<Calculation, 'service' | 'lines' | 'rounding' | 'minimum' | 'quoted'>,
  names: CreditNames,
): Step[] {
  const { exact, rounded, atLeast, amount } = workingsOf(calculation);
  const inWords = wordsOf(names);
  const { direction, step } = calculation.rounding;
  const exactly = (sum: Ratio) =>
    sum.numerator % sum.denominator === 0n
      ? inWords(credits(sum.numerator / sum.denominator))
      : `${decimals(sum)} ${names.plural}`;
  const way = direction === 'nearest' ? 'to the nearest' : `${direction} to a multiple of`;
  const isWhole = exact.numerator === rounded * exact.denominator;
  return [
    ...calculation.lines.map((line) => ({
      text: lineInWords(line, inWords, calculation.service),
      comesTo: exactly(exactOf(line)),
    })),
    ...(calculation.lines.length > 1 ? [{ text: 'All of these', comesTo: exactly(exact) }] : []),
    ...(isWhole
      ? []
      : [{ text: `Rounded ${way} ${inWords(credits(BigInt(step)))}`, comesTo: inWords(rounded) }]),
    ...(atLeast === rounded ? [] : [{ text: 'No less than the minimum', comesTo: inWords(atLeast) }]),
    ...(amount === atLeast ? [] : [{ text: 'No more than was quoted', comesTo: inWords(amount) }]),
  ];
}

const wordsOf = (names: CreditNames) => (sum: Credits) =>
  `${plainFigure(sum)} ${sum === ONE_CREDIT ? names.singular : names.plural}`;
const ONE_CREDIT = 1_000_000n;

function lineInWords(line: CalculationLine, inWords: (sum: Credits) => string, service: string): string {
  const { measure } = line;
  const rate = inWords(credits(BigInt(line.credits)));
  const name = line.item === service ? '' : ` (${line.item})`;
  if (measure === 'operation') return `${rate}${name}`;

  const per = BigInt(line.per);
  const inMeasure = (quantity: bigint) => quantityInWords(measure, quantity);
  const isBlocks = line.counted.direction === 'up' && BigInt(line.counted.step) === per && per > 1n;
  if (isBlocks) return `⌈${inMeasure(BigInt(line.quantity))} ÷ ${inMeasure(per)}⌉ × ${rate}${name}`;

  const counted = countedOf(line);
  const of = counted === BigInt(line.quantity) ? '' : ` (of ${inMeasure(BigInt(line.quantity))})`;
  const divided = per === 1n ? '' : ` ÷ ${inMeasure(per)}`;
  return `${inMeasure(counted)}${of} × ${rate}${divided}${name}`;
}

const UNITS_IN_WORDS: Readonly<Record<Measure, { one: string; more: string }>> = {
  milliseconds: { one: 's', more: 's' },
  characters: { one: 'character', more: 'characters' },
  maxMinutes: { one: 'minute', more: 'minutes' },
  inputTokens: { one: 'input token', more: 'input tokens' },
  outputTokens: { one: 'output token', more: 'output tokens' },
};

function quantityInWords(measure: Measure, quantity: bigint): string {
  const { one, more } = UNITS_IN_WORDS[measure];
  // A millisecond is to a second what a thousand units are to a credit.
  const count =
    measure === 'milliseconds' ? plainFigure(credits(quantity * 1_000n)) : quantity.toLocaleString('en-US');
  return `${count} ${quantity === 1n ? one : more}`;
}

/** An amount with as many decimals as it has, up to the ledger’s six. */
export const plainFigure = (amount: Credits) => formatCredits(amount, 6).replace(/\.?0+$/, '');

/** The exact sum as far as six decimals show it; `…` where it goes on. */
function decimals({ numerator, denominator }: Ratio): string {
  const cut = credits(numerator / denominator);
  return numerator % denominator === 0n ? plainFigure(cut) : `${formatCredits(cut, 6)}…`;
}
