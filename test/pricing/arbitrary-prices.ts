import fc from 'fast-check';

import { credits } from '@/lib/domain/credits';
import type { Price } from '@/lib/domain/price';
import type { Rounding } from '@/lib/domain/ratio';
import { type Measure, MOST_OF } from '@/lib/domain/work';

const FEATURES = ['entities', 'summary', 'topics'] as const;
const MODELS = ['small', 'large'] as const;

const units = (most: bigint) => fc.bigInt(0n, most).map(credits);
const anHour = units(1_000_000_000n);
const measure = fc.constantFrom<Measure[]>('milliseconds', 'characters', 'maxMinutes');
const aRate = fc.record({ credits: anHour, per: fc.bigInt(10n, 10_000_000n) });
const rounding = (most: bigint): fc.Arbitrary<Rounding> =>
  fc.record({ direction: fc.constantFrom('up', 'down', 'nearest'), step: fc.bigInt(1n, most) });
const counted = rounding(60_000n);
const ofAmount = rounding(5_000_000n);

const flat = fc.record({ form: fc.constant('flat' as const), credits: anHour });
const block = fc.record({ form: fc.constant('block' as const), measure, rate: aRate });
const unit = fc.record({
  form: fc.constant('unit' as const),
  measure,
  rate: aRate,
  counted,
  minimum: units(50_000_000n),
  rounding: ofAmount,
});
const hourly = fc.record({
  form: fc.constant('hourly' as const),
  hour: anHour,
  features: fc.record({ entities: anHour, summary: anHour, topics: anHour }),
  counted,
  rounding: ofAmount,
});
const session = fc.record({
  form: fc.constant('session' as const),
  hour: anHour,
  closesAfterMilliseconds: fc.bigInt(1n, 100_000_000n),
  counted,
  rounding: ofAmount,
});
const perModel = fc.record({ input: anHour, output: anHour });
const tokens = fc.record({
  form: fc.constant('tokens' as const),
  per: fc.bigInt(1_000n, 10_000_000n),
  models: fc.record({ small: perModel, large: perModel }),
  rounding: ofAmount,
});

/** Any price that a book could state. */
export const aPrice: fc.Arbitrary<Price> = fc.oneof(flat, block, unit, hourly, session, tokens);

const upTo = (name: Measure) => fc.oneof(fc.bigInt(0n, 40_000n), fc.bigInt(0n, MOST_OF[name]));

/** Everything that any price could ask for, within bounds. */
export const someQuantities = fc.record({
  milliseconds: upTo('milliseconds'),
  characters: upTo('characters'),
  maxMinutes: upTo('maxMinutes'),
  inputTokens: upTo('inputTokens'),
  outputTokens: upTo('outputTokens'),
  model: fc.constantFrom(...MODELS),
});

/** Names that only a price by the hour takes. */
const someFeatures = fc.subarray([...FEATURES]);

/** A price with work that it can price. */
export const pricedWork = fc
  .tuple(aPrice, someQuantities, someFeatures)
  .map(([price, quantities, features]) => ({
    price,
    quantities: price.form === 'hourly' ? { ...quantities, features } : quantities,
  }));
