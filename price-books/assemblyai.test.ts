import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cents, wholeCredits } from '@/lib/domain/credits';
import { hours, seconds } from '@/lib/domain/duration';
import { packageFor } from '@/lib/domain/package-of';
import { priceOf } from '@/lib/domain/price-of';
import type { Quantities } from '@/lib/domain/work';

import { assemblyai } from './assemblyai';

const price = (service: string, quantities: Quantities) => {
  const priced = priceOf(assemblyai, { service, quantities });
  if (priced.kind === 'refused') throw new Error(priced.message);
  return priced;
};

describe('pre-recorded: listed per hour, pro-rated to the exact second', () => {
  test.each([
    { what: 'an hour', of: hours(1n), millionths: 270_000n },
    { what: 'a second', of: seconds(1n), millionths: 75n },
    { what: 'a second that was only started', of: 1n, millionths: 75n },
    { what: '3,601 seconds', of: seconds(3_601n), millionths: 270_075n },
    { what: 'nothing', of: 0n, millionths: 0n },
  ])('$what: $millionths millionths of a dollar', ({ of, millionths }) => {
    expect(price('transcription', { milliseconds: of }).amount).toBe(millionths);
  });

  test('features are charged at their own hourly rates, and added', () => {
    const of = { milliseconds: seconds(90n), features: ['entity_detection', 'summarization'] };
    expect(price('transcription', of)).toMatchObject({
      amount: 9_500n,
      calculation: {
        formula:
          '90 s × 0.27 US dollars ÷ 3,600 s + 90 s × 0.08 US dollars ÷ 3,600 s (entity_detection) + 90 s × 0.03 US dollars ÷ 3,600 s (summarization) = 0.0095 US dollars',
      },
    });
  });

  test('a feature that is not listed is refused, not given', () => {
    const work = { service: 'transcription', quantities: { milliseconds: 1n, features: ['telepathy'] } };
    expect(priceOf(assemblyai, work)).toMatchObject({ because: 'unknown-feature' });
  });

  test('every second costs a 3,600th of an hour, cut to a millionth of a dollar', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 100_000n), (length) => {
        expect(price('transcription', { milliseconds: seconds(length) }).amount).toBe(
          (length * 270_000n) / 3_600n,
        );
      }),
    );
  });
});

describe('streaming: by the duration of the created session', () => {
  test.each([
    { what: 'terminated after 10 minutes', of: seconds(600n), millionths: 25_000n },
    { what: 'open for 3 hours', of: hours(3n), millionths: 450_000n },
    {
      what: 'closed late by the sweep: the full 3 hours and no more',
      of: hours(3n) + seconds(47n),
      millionths: 450_000n,
    },
    { what: 'found a day later', of: hours(24n), millionths: 450_000n },
  ])('$what: $millionths millionths', ({ of, millionths }) => {
    expect(price('streaming', { milliseconds: of }).amount).toBe(millionths);
  });
});

describe('LLM gateway: input and output tokens and the model', () => {
  test.each([
    { model: 'example-small', inputTokens: 1_000_000n, outputTokens: 0n, millionths: 250_000n },
    { model: 'example-small', inputTokens: 0n, outputTokens: 1_000_000n, millionths: 2_000_000n },
    { model: 'example-large', inputTokens: 1_200n, outputTokens: 300n, millionths: 8_100n },
  ])('$model $inputTokens in, $outputTokens out', ({ millionths, ...of }) => {
    expect(price('llm', of).amount).toBe(millionths);
  });
});

test('charged only after success; the balance may go below zero', () => {
  for (const service of Object.values(assemblyai.services)) {
    expect(service).toMatchObject({ settlement: 'on_success', shortfall: 'negative' });
  }
  expect(assemblyai.overdraft).toBe('until_settled');
});

test('the balance is money: $10 buys ten dollars, to six decimals', () => {
  expect(packageFor(assemblyai, cents(10_00n))?.credits).toBe(wholeCredits(10n));
  expect(packageFor(assemblyai, cents(10_01n))?.credits).toBe(10_010_000n);
  expect(packageFor(assemblyai, cents(9_99n))).toBeNull();
  expect(assemblyai.credit.decimals).toBe(6);
});

test('no subscription: nothing is given and nothing ends', () => {
  expect(Object.values(assemblyai.grants)).toEqual([null, null, null, null]);
});

test('autopay below a set threshold; end-of-month billing by agreement', () => {
  expect(assemblyai.autoTopUp.size.mode).toBe('target');
  expect(assemblyai.endOfMonthInvoicing).toBe(true);
});
