import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { aBook, aBookAt, aService } from '@/test/pricing/a-book';
import { aPrice, pricedWork, someQuantities } from '@/test/pricing/arbitrary-prices';

import { type Calculation, recompute } from './calculation';
import { credits, wholeCredits } from './credits';
import { hours, minutes, seconds } from './duration';
import type { Price } from './price';
import { type Priced, priceOf } from './price-of';
import type { Rounding } from './ratio';
import { type Measure, MOST_OF, type Quantities } from './work';

const WHOLE_UP: Rounding = { direction: 'up', step: wholeCredits(1n) };
const EXACT: Rounding = { direction: 'down', step: 1n };

const FLAT: Price = { form: 'flat', credits: wholeCredits(5n) };
const BLOCK: Price = {
  form: 'block',
  measure: 'milliseconds',
  rate: { credits: wholeCredits(1n), per: minutes(1n) },
};
const UNIT: Price = {
  form: 'unit',
  measure: 'milliseconds',
  rate: { credits: wholeCredits(10n), per: minutes(1n) },
  counted: { direction: 'down', step: seconds(1n) },
  minimum: wholeCredits(10n),
  rounding: WHOLE_UP,
};
const TEXT: Price = {
  form: 'unit',
  measure: 'characters',
  rate: { credits: wholeCredits(3n), per: 1_000n },
  counted: EXACT,
  minimum: credits(0n),
  rounding: { direction: 'nearest', step: 10_000n },
};
const SETTING: Price = {
  ...UNIT,
  measure: 'maxMinutes',
  rate: { credits: wholeCredits(10n), per: 1n },
  counted: EXACT,
};
const HOURLY: Price = {
  form: 'hourly',
  hour: wholeCredits(36n),
  features: { entities: wholeCredits(18n), summary: credits(1n) },
  counted: { direction: 'up', step: seconds(1n) },
  rounding: EXACT,
};
const SESSION: Price = {
  form: 'session',
  hour: wholeCredits(36n),
  closesAfterMilliseconds: hours(3n),
  counted: { direction: 'up', step: seconds(1n) },
  rounding: EXACT,
};
const TOKENS: Price = {
  form: 'tokens',
  per: 1_000_000n,
  models: { small: { input: wholeCredits(2n), output: wholeCredits(8n) } },
  rounding: EXACT,
};

const price = (at: Price, quantities: Quantities, quoted: bigint | null = null): Priced => {
  const result = priceOf(
    aBookAt(at),
    { service: 'work', quantities },
    quoted === null ? null : credits(quoted),
  );
  if (result.kind === 'refused') throw new Error(result.message);
  return result;
};

const HOUR = 3_600_000n;

/** What `price` comes to without rounding of the quantity, cut to a unit at the end. */
function workedOut(at: Price, of: Required<Pick<Quantities, Measure>> & Quantities): bigint {
  const measured = (measure: Measure) => of[measure] ?? 0n;
  switch (at.form) {
    case 'flat':
      return at.credits;
    case 'block': {
      const blocks = (measured(at.measure) + at.rate.per - 1n) / at.rate.per;
      return blocks * at.rate.credits;
    }
    case 'unit': {
      const amount = (measured(at.measure) * at.rate.credits) / at.rate.per;
      return amount < at.minimum ? at.minimum : amount;
    }
    case 'hourly':
      return (measured('milliseconds') * at.hour) / HOUR;
    case 'session': {
      const open = measured('milliseconds');
      const charged = open < at.closesAfterMilliseconds ? open : at.closesAfterMilliseconds;
      return (charged * at.hour) / HOUR;
    }
    case 'tokens': {
      const rates = at.models[of.model ?? ''];
      const sum =
        measured('inputTokens') * (rates?.input ?? 0n) + measured('outputTokens') * (rates?.output ?? 0n);
      return sum / at.per;
    }
    default:
      return -1n;
  }
}

describe('priceOf', () => {
  test.each<{ at: Price; of: Quantities; amount: bigint; formula: string }>([
    { at: FLAT, of: {}, amount: 5_000_000n, formula: '5 credits' },
    {
      at: BLOCK,
      of: { milliseconds: seconds(90n) },
      amount: 2_000_000n,
      formula: '⌈90 s ÷ 60 s⌉ × 1 credit = 2 credits',
    },
    {
      at: BLOCK,
      of: { milliseconds: seconds(60n) + 1n },
      amount: 2_000_000n,
      formula: '⌈60.001 s ÷ 60 s⌉ × 1 credit = 2 credits',
    },
    { at: BLOCK, of: { milliseconds: 0n }, amount: 0n, formula: '⌈0 s ÷ 60 s⌉ × 1 credit = 0 credits' },
    {
      at: UNIT,
      of: { milliseconds: seconds(90n) },
      amount: 15_000_000n,
      formula: '90 s × 10 credits ÷ 60 s = 15 credits',
    },
    {
      at: UNIT,
      of: { milliseconds: seconds(91n) },
      amount: 16_000_000n,
      formula: '91 s × 10 credits ÷ 60 s = 15.166666… credits; rounded up to 16 credits',
    },
    {
      at: UNIT,
      of: { milliseconds: seconds(30n) },
      amount: 10_000_000n,
      formula: '30 s × 10 credits ÷ 60 s = 5 credits; the minimum is 10 credits',
    },
    {
      at: UNIT,
      of: { milliseconds: seconds(180n) + 999n },
      amount: 30_000_000n,
      formula: '180 s (of 180.999 s) × 10 credits ÷ 60 s = 30 credits',
    },
    {
      at: TEXT,
      of: { characters: 1_234n },
      amount: 3_700_000n,
      formula: '1,234 characters × 3 credits ÷ 1,000 characters = 3.702 credits; rounded to 3.7 credits',
    },
    {
      at: TEXT,
      of: { characters: 1n },
      amount: 0n,
      formula: '1 character × 3 credits ÷ 1,000 characters = 0.003 credits; rounded to 0 credits',
    },
    {
      at: SETTING,
      of: { maxMinutes: 30n },
      amount: 300_000_000n,
      formula: '30 minutes × 10 credits = 300 credits',
    },
    {
      at: HOURLY,
      of: { milliseconds: seconds(1n) },
      amount: 10_000n,
      formula: '1 s × 36 credits ÷ 3,600 s = 0.01 credits',
    },
    {
      at: HOURLY,
      of: { milliseconds: seconds(100n), features: ['entities', 'entities'] },
      amount: 1_500_000n,
      formula: '100 s × 36 credits ÷ 3,600 s + 100 s × 18 credits ÷ 3,600 s (entities) = 1.5 credits',
    },
    {
      at: HOURLY,
      of: { milliseconds: seconds(1n), features: ['summary'] },
      amount: 10_000n,
      formula:
        '1 s × 36 credits ÷ 3,600 s + 1 s × 0.000001 credits ÷ 3,600 s (summary) = 0.010000… credits; rounded down to 0.01 credits',
    },
    {
      at: SESSION,
      of: { milliseconds: hours(5n) },
      amount: 108_000_000n,
      formula: '10,800 s (of 18,000 s) × 36 credits ÷ 3,600 s = 108 credits',
    },
    {
      at: TOKENS,
      of: { model: 'small', inputTokens: 1_200n, outputTokens: 300n },
      amount: 4_800n,
      formula:
        '1,200 input tokens × 2 credits ÷ 1,000,000 input tokens (small) + 300 output tokens × 8 credits ÷ 1,000,000 output tokens (small) = 0.0048 credits',
    },
  ])('$formula', ({ at, of, amount, formula }) => {
    const priced = price(at, of);
    expect(priced.amount).toBe(amount);
    expect(priced.calculation.formula).toBe(formula);
  });

  test('a quote bounds what is charged, and the formula says so', () => {
    const at = { milliseconds: seconds(91n) };
    expect(price(UNIT, at, 15_000_000n)).toMatchObject({
      amount: 15_000_000n,
      calculation: {
        quoted: '15000000',
        formula:
          '91 s × 10 credits ÷ 60 s = 15.166666… credits; rounded up to 16 credits; quoted as at most 15 credits',
      },
    });
    expect(price(UNIT, at, 99_000_000n).amount).toBe(16_000_000n);
  });

  test('the calculation names its price book, its version, its service and what came in', () => {
    const { calculation } = price(HOURLY, { milliseconds: 1_000n, features: ['entities'], model: undefined });
    expect(calculation).toMatchObject({
      priceBook: { id: 'a-book', version: '1' },
      service: 'work',
      inputs: { milliseconds: '1000', features: ['entities'] },
    });
    expect(calculation.inputs).not.toHaveProperty('model');
  });

  test.each<{ rule: string; at: Price; of: Quantities; because: string; field: string }>([
    { rule: 'no duration', at: UNIT, of: {}, because: 'missing-quantity', field: 'milliseconds' },
    {
      rule: 'another measure',
      at: TEXT,
      of: { milliseconds: 1n },
      because: 'missing-quantity',
      field: 'characters',
    },
    {
      rule: 'below zero',
      at: BLOCK,
      of: { milliseconds: -1n },
      because: 'negative-quantity',
      field: 'milliseconds',
    },
    {
      rule: 'longer than a month',
      at: BLOCK,
      of: { milliseconds: hours(24n * 31n) + 1n },
      because: 'absurd-quantity',
      field: 'milliseconds',
    },
    {
      rule: 'a feature that is not sold',
      at: HOURLY,
      of: { milliseconds: 1n, features: ['entities', 'toString'] },
      because: 'unknown-feature',
      field: 'features',
    },
    {
      rule: 'a feature where none is sold',
      at: FLAT,
      of: { features: ['x'] },
      because: 'unknown-feature',
      field: 'features',
    },
    {
      rule: 'output tokens missing',
      at: TOKENS,
      of: { model: 'small', inputTokens: 1n },
      because: 'missing-quantity',
      field: 'outputTokens',
    },
    {
      rule: 'a model that is not sold',
      at: TOKENS,
      of: { model: 'constructor', inputTokens: 1n, outputTokens: 1n },
      because: 'unknown-model',
      field: 'model',
    },
    {
      rule: 'no model',
      at: TOKENS,
      of: { inputTokens: 1n, outputTokens: 1n },
      because: 'unknown-model',
      field: 'model',
    },
    {
      rule: 'more than the ledger could hold',
      at: { ...TEXT, rate: { credits: credits(1_000_000_001n), per: 1n }, rounding: EXACT },
      of: { characters: MOST_OF.characters },
      because: 'absurd-amount',
      field: 'service',
    },
  ])('refuses: $rule', ({ at, of, because, field }) => {
    expect(priceOf(aBookAt(at), { service: 'work', quantities: of })).toMatchObject({
      kind: 'refused',
      because,
      field,
    });
  });

  test('the most that an amount may be is a million million credits', () => {
    const at: Price = { ...TEXT, rate: { credits: credits(1_000_000_000n), per: 1n }, rounding: EXACT };
    expect(price(at, { characters: MOST_OF.characters }).amount).toBe(wholeCredits(10n ** 12n));
  });

  test.each(['nothing', '', 'constructor', '__proto__', 'toString'])(
    'refuses the unknown service “%s”',
    (service) => {
      const book = aBook({ services: { one: aService(FLAT), two: aService(FLAT) } });
      expect(priceOf(book, { service, quantities: {} })).toEqual({
        kind: 'refused',
        because: 'unknown-service',
        field: 'service',
        message: 'No such service. Known: one, two.',
      });
    },
  );
});

describe('laws of every price', () => {
  test('never below zero, and never below its minimum', () => {
    fc.assert(
      fc.property(pricedWork, ({ price: at, quantities }) => {
        const { amount } = price(at, quantities);
        expect(amount).toBeGreaterThanOrEqual('minimum' in at ? at.minimum : 0n);
      }),
    );
  });

  test('more of anything never costs less', () => {
    const measures: Measure[] = ['milliseconds', 'characters', 'maxMinutes', 'inputTokens', 'outputTokens'];
    fc.assert(
      fc.property(pricedWork, someQuantities, ({ price: at, quantities }, others) => {
        const larger = Object.fromEntries(
          measures.map((name) => [name, others[name] > quantities[name] ? others[name] : quantities[name]]),
        );
        expect(price(at, { ...quantities, ...larger }).amount).toBeGreaterThanOrEqual(
          price(at, quantities).amount,
        );
      }),
    );
  });

  test('every feature adds its own rate: together they cost the sum of their exact prices', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10_000_000n),
        fc.subarray(['entities', 'summary']),
        (milliseconds, features) => {
          const of = { milliseconds, features };
          const second = (milliseconds + 999n) / 1_000n;
          const hour =
            36_000_000n +
            (features.includes('entities') ? 18_000_000n : 0n) +
            (features.includes('summary') ? 1n : 0n);
          expect(price(HOURLY, of).amount).toBe((second * hour) / 3_600n);
        },
      ),
    );
  });

  test('each form is its arithmetic, worked out here once more', () => {
    fc.assert(
      fc.property(aPrice, someQuantities, (at, quantities) => {
        const exactly = 'rounding' in at ? { ...at, rounding: EXACT } : at;
        const unrounded = 'counted' in exactly ? { ...exactly, counted: EXACT } : exactly;
        expect(price(unrounded, quantities).amount).toBe(workedOut(unrounded, quantities));
      }),
    );
  });

  test('is less than one step of rounding away from the exact proportion', () => {
    const unit = aPrice.filter((at) => at.form === 'unit');
    fc.assert(
      fc.property(unit, someQuantities, (at, quantities) => {
        const { amount } = price({ ...at, minimum: credits(0n), counted: EXACT }, quantities);
        const exact = (quantities[at.measure] ?? 0n) * at.rate.credits;
        const off = amount * at.rate.per - exact;
        expect((off < 0n ? -off : off) < at.rounding.step * at.rate.per).toBe(true);
      }),
    );
  });

  test('its calculation comes to the same amount, also after a journey as JSON', () => {
    fc.assert(
      fc.property(pricedWork, fc.option(fc.bigInt(0n, 10n ** 9n)), ({ price: at, quantities }, quoted) => {
        const { amount, calculation } = price(at, quantities, quoted);
        const travelled = JSON.parse(JSON.stringify(calculation)) as Calculation;
        expect(travelled).toEqual(calculation);
        expect(recompute(travelled)).toBe(amount);
      }),
    );
  });

  test('its calculation holds all that went in: the same work priced from its inputs costs the same', () => {
    fc.assert(
      fc.property(pricedWork, ({ price: at, quantities }) => {
        const { amount, calculation } = price(at, quantities);
        const inputs = Object.entries(calculation.inputs).map(([name, value]) => [
          name,
          typeof value === 'string' && name !== 'model' ? BigInt(value) : value,
        ]);
        expect(price(at, Object.fromEntries(inputs) as Quantities).amount).toBe(amount);
      }),
    );
  });

  test('never costs more than was quoted', () => {
    fc.assert(
      fc.property(pricedWork, fc.bigInt(0n, 10n ** 9n), ({ price: at, quantities }, quoted) => {
        const bound = price(at, quantities, quoted).amount;
        const free = price(at, quantities).amount;
        expect(bound).toBe(free < quoted ? free : quoted);
      }),
    );
  });
});
