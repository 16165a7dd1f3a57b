import type { CalculationLine, WrittenRounding } from './calculation';
import type { Credits } from './credits';
import { hours } from './duration';
import { mistakeIn } from './mistake-in';
import type { Price } from './price';
import type { PriceRefusal } from './price-refusal';
import type { Rounding } from './ratio';
import type { Measure, Work } from './work';

/** The lines that `work` costs at `price`, or why it cannot be said. */
export function linesOf(price: Price, work: Work): CalculationLine[] | PriceRefusal {
  return mistakeIn(price, work.quantities) ?? knownLinesOf(price, work);
}

function knownLinesOf(price: Price, { service, quantities }: Work): CalculationLine[] {
  const of = (measure: Measure) => quantities[measure] ?? 0n;
  const timed = (item: string, hour: Credits, counted: Rounding) =>
    line({
      item,
      measure: 'milliseconds',
      quantity: of('milliseconds'),
      counted,
      credits: hour,
      per: hours(1n),
    });

  if (price.form === 'flat')
    return [line({ item: service, measure: 'operation', quantity: 1n, credits: price.credits, per: 1n })];

  if (price.form === 'block' || price.form === 'unit') {
    const { measure, rate } = price;
    const counted = price.form === 'unit' ? price.counted : { direction: 'up' as const, step: rate.per };
    return [line({ item: service, measure, quantity: of(measure), counted, ...rate })];
  }

  if (price.form === 'hourly') {
    const features = [...new Set(quantities.features)].map((name) =>
      timed(name, named(price.features, name), price.counted),
    );
    return [timed(service, price.hour, price.counted), ...features];
  }

  if (price.form === 'session') {
    const atMost = price.closesAfterMilliseconds.toString();
    return [{ ...timed(service, price.hour, price.counted), atMost }];
  }

  const item = quantities.model ?? '';
  const { input, output } = named(price.models, item);
  const tokens = (measure: Measure, rate: Credits) =>
    line({ item, measure, quantity: of(measure), credits: rate, per: price.per });
  return [tokens('inputTokens', input), tokens('outputTokens', output)];
}

const ONE_BY_ONE: Rounding = { direction: 'down', step: 1n };

type BareLine = Pick<CalculationLine, 'item' | 'measure'> & {
  quantity: bigint;
  counted?: Rounding;
  credits: Credits;
  per: bigint;
};

const line = ({
  item,
  measure,
  quantity,
  counted = ONE_BY_ONE,
  credits,
  per,
}: BareLine): CalculationLine => ({
  item,
  measure,
  quantity: quantity.toString(),
  atMost: null,
  counted: written(counted),
  credits: credits.toString(),
  per: per.toString(),
});

/** As JSON carries it. */
export const written = ({ direction, step }: Rounding): WrittenRounding => ({
  direction,
  step: step.toString(),
});

/** Throws on a programmer's mistake: names are checked before. */
function named<Found>(rates: Readonly<Record<string, Found>>, name: string): Found {
  const rate = rates[name];
  if (rate === undefined) throw new Error(`no rate is named ${name}`);
  return rate;
}
