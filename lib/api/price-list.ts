import type { ListedPrice } from '@/lib/contracts/api/pricing';
import { numberOf } from '@/lib/domain/number-of';
import type { Price } from '@/lib/domain/price';
import type { Service } from '@/lib/domain/price-book';
import type { Measure } from '@/lib/domain/work';

import { numberOfCredits } from './numbers';

const MEASURED = {
  milliseconds: 'seconds',
  characters: 'characters',
  maxMinutes: 'max_minutes',
  inputTokens: 'input_tokens',
  outputTokens: 'output_tokens',
} as const satisfies Record<Measure, string>;

/** How much of a measure, in what callers say it in. */
const countOf = (measure: Measure, count: bigint) =>
  measure === 'milliseconds' ? numberOf(count) / 1_000 : numberOf(count);

/** A service's price for programs to read. */
export const toListedPrice = ({ title, price }: Service): ListedPrice => ({ title, ...formOf(price) });

type Form = ListedPrice extends infer Listed
  ? Listed extends unknown
    ? Omit<Listed, 'title'>
    : never
  : never;

function formOf(price: Price): Form {
  if (price.form === 'flat') return { form: 'flat', credits: numberOfCredits(price.credits) };
  if (price.form === 'block') return { form: 'block', ...rateOf(price) };
  if (price.form === 'unit')
    return { form: 'unit', ...rateOf(price), minimum: numberOfCredits(price.minimum) };
  if (price.form === 'hourly')
    return {
      form: 'hourly',
      credits_per_hour: numberOfCredits(price.hour),
      features: mapped(price.features, numberOfCredits),
    };
  if (price.form === 'session')
    return {
      form: 'session',
      credits_per_hour: numberOfCredits(price.hour),
      closes_after_seconds: countOf('milliseconds', price.closesAfterMilliseconds),
    };
  return {
    form: 'tokens',
    per: numberOf(price.per),
    models: mapped(price.models, ({ input, output }) => ({
      input: numberOfCredits(input),
      output: numberOfCredits(output),
    })),
  };
}

type Rated = Extract<Price, { form: 'block' | 'unit' }>;
const rateOf = ({ measure, rate }: Rated) => ({
  measure: MEASURED[measure],
  credits: numberOfCredits(rate.credits),
  per: countOf(measure, rate.per),
});

const mapped = <From, To>(record: Readonly<Record<string, From>>, to: (value: From) => To) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value)]));
