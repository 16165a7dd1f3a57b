import type { Price } from './price';
import { type PriceRefusal, refused } from './price-refusal';
import { type Measure, MOST_OF, type Quantities } from './work';

/** The first thing that keeps `quantities` from having this price, or null. What the price does not ask for is not looked at. */
export function mistakeIn(price: Price, quantities: Quantities): PriceRefusal | null {
  for (const measure of measuresOf(price)) {
    const quantity = quantities[measure];
    if (quantity === undefined) return refused('missing-quantity', measure, `${measure} is needed.`);
    if (quantity < 0n) return refused('negative-quantity', measure, `${measure} is below zero.`);
    if (quantity > MOST_OF[measure])
      return refused('absurd-quantity', measure, `${measure} is above ${MOST_OF[measure]}.`);
  }
  const features = price.form === 'hourly' ? price.features : {};
  if (!(quantities.features ?? []).every((name) => Object.hasOwn(features, name)))
    return refused('unknown-feature', 'features', `Not a feature of this service. ${listed(features)}`);
  if (price.form === 'tokens' && !Object.hasOwn(price.models, quantities.model ?? ''))
    return refused('unknown-model', 'model', `Not a model of this service. ${listed(price.models)}`);
  return null;
}

const listed = (known: Readonly<Record<string, unknown>>) =>
  `Known: ${Object.keys(known).join(', ') || 'none'}.`;

/** What a price needs to know and cannot do without. */
function measuresOf(price: Price): Measure[] {
  if (price.form === 'flat') return [];
  if (price.form === 'tokens') return ['inputTokens', 'outputTokens'];
  return 'measure' in price ? [price.measure] : ['milliseconds'];
}
