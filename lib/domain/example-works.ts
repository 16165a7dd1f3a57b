import { hours, minutes, seconds } from './duration';
import { type PriceBook, serviceOf } from './price-book';
import { type Priced, priceOf } from './price-of';
import type { Measure, Quantities } from './work';

/** Work that shows how a service's price behaves: below a step, across one, and at a usual size. */
export function examplesOf(book: PriceBook, service: string): Priced[] {
  return examplesFor(book, service).flatMap((quantities) => {
    const priced = priceOf(book, { service, quantities });
    return priced.kind === 'priced' ? [priced] : [];
  });
}

const SIZES: Readonly<Record<Measure, readonly bigint[]>> = {
  milliseconds: [seconds(20n), seconds(90n), minutes(60n)],
  characters: [120n, 1_500n, 40_000n],
  maxMinutes: [1n, 10n],
  inputTokens: [500n, 20_000n],
  outputTokens: [500n, 20_000n],
};

function examplesFor(book: PriceBook, service: string): Quantities[] {
  const price = serviceOf(book, service)?.price;
  if (price === undefined) return [];
  if (price.form === 'flat') return [{}];
  if (price.form === 'block' || price.form === 'unit')
    return SIZES[price.measure].map((size) => ({ [price.measure]: size }));
  if (price.form === 'session')
    return [minutes(5n), price.closesAfterMilliseconds + hours(1n)].map((milliseconds) => ({ milliseconds }));
  if (price.form === 'hourly') {
    const [first] = Object.keys(price.features);
    return [
      { milliseconds: seconds(90n) },
      { milliseconds: hours(1n), ...(first === undefined ? {} : { features: [first] }) },
    ];
  }
  return Object.keys(price.models).map((model) => ({
    model,
    inputTokens: 20_000n,
    outputTokens: 1_500n,
  }));
}
