import type { Price } from './price';
import { aboveZero, notBelowZero, type PriceBookFault, unless } from './price-book-fault';
import type { Rounding } from './ratio';
import { MOST_OF } from './work';

/** Every fault of a price, each with its field below `path`. */
export function validatePrice(price: Price, path: string): PriceBookFault[] {
  const roundings = [
    ...('counted' in price ? validateRounding(price.counted, `${path}.counted`) : []),
    ...('rounding' in price ? validateRounding(price.rounding, `${path}.rounding`) : []),
  ];

  if (price.form === 'flat') return notBelowZero(price.credits, `${path}.credits`);
  if (price.form === 'block' || price.form === 'unit') {
    const { credits, per } = price.rate;
    const rate = [...notBelowZero(credits, `${path}.rate.credits`), ...aboveZero(per, `${path}.rate.per`)];
    return price.form === 'block' ? rate : [...rate, ...roundings, ...validateMinimum(price, path)];
  }
  if (price.form === 'hourly') {
    const features = Object.entries(price.features);
    return [
      ...notBelowZero(price.hour, `${path}.hour`),
      ...features.flatMap(([name, hour]) => notBelowZero(hour, `${path}.features.${name}`)),
      ...roundings,
    ];
  }
  if (price.form === 'session') {
    return [
      ...notBelowZero(price.hour, `${path}.hour`),
      ...aboveZero(price.closesAfterMilliseconds, `${path}.closesAfterMilliseconds`),
      ...unless(
        price.closesAfterMilliseconds <= MOST_OF.milliseconds,
        `${path}.closesAfterMilliseconds`,
        'must be 31 days at most',
      ),
      ...roundings,
    ];
  }
  const models = Object.entries(price.models);
  return [
    ...aboveZero(price.per, `${path}.per`),
    ...unless(models.length > 0, `${path}.models`, 'must name a model'),
    ...models.flatMap(([name, { input, output }]) => [
      ...notBelowZero(input, `${path}.models.${name}.input`),
      ...notBelowZero(output, `${path}.models.${name}.output`),
    ]),
    ...roundings,
  ];
}

const validateRounding = ({ step }: Rounding, path: string) => aboveZero(step, `${path}.step`);

/** A minimum that no rounding could give would be an amount between two steps. */
function validateMinimum({ minimum, rounding }: { minimum: bigint; rounding: Rounding }, path: string) {
  const isOnAStep = rounding.step <= 0n || minimum % rounding.step === 0n;
  return [
    ...notBelowZero(minimum, `${path}.minimum`),
    ...unless(isOnAStep, `${path}.minimum`, 'must be a multiple of rounding.step'),
  ];
}
