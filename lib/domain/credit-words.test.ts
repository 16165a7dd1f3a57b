import { describe, expect, test } from 'vitest';

import { creditWords } from './credit-words';
import { credits, wholeCredits } from './credits';

const whole = creditWords({ singular: 'credit', plural: 'credits', decimals: 0 });
const dollars = creditWords({ singular: 'US dollar', plural: 'US dollars', decimals: 2 });

test.each([
  [0, '0'],
  [500_000, '0.5'],
  [1_250_000_000, '1.3K'],
  [2_000_000_000_000, '2M'],
])('a mark of an axis at %d millionths is %s', (millionths, said) => {
  expect(whole.axis(millionths)).toBe(said);
});

describe('an amount in words', () => {
  test('one is singular, everything else is plural', () => {
    expect(whole.withUnit(wholeCredits(1n))).toBe('1 credit');
    expect(whole.withUnit(wholeCredits(0n))).toBe('0 credits');
    expect(whole.withUnit(wholeCredits(-12_480n))).toBe('−12,480 credits');
  });

  test('a sentence drops the zeros that align a column', () => {
    expect(dollars.said(wholeCredits(10n))).toBe('10 US dollars');
    expect(dollars.said(credits(10_500_000n))).toBe('10.5 US dollars');
    expect(whole.said(wholeCredits(1n))).toBe('1 credit');
    expect(whole.said(wholeCredits(100n))).toBe('100 credits');
  });

  test('the exact figure is the shown one where nothing was rounded away', () => {
    expect(whole.exactFigure(wholeCredits(500n))).toBe('500');
    expect(dollars.exactFigure(wholeCredits(500n))).toBe('500.00');
    expect(dollars.exactDelta(wholeCredits(5n))).toBe('+5.00');
  });

  test('the exact figure shows what the screen rounded away', () => {
    expect(whole.exactFigure(credits(14_250_000n))).toBe('14.25');
    expect(dollars.exactDelta(credits(-1_234_567n))).toBe('−1.234567');
  });
});
