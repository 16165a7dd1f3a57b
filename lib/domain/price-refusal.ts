import type { Quantities } from './work';

/** Why work has no price: the caller's mistake, with the field it is in and a sentence for whoever made it. */
export type PriceRefusal = {
  readonly kind: 'refused';
  readonly because:
    | 'unknown-service'
    | 'missing-quantity'
    | 'negative-quantity'
    | 'absurd-quantity'
    | 'unknown-feature'
    | 'unknown-model'
    | 'absurd-amount';
  readonly field: 'service' | keyof Quantities;
  readonly message: string;
};

export const refused = (
  because: PriceRefusal['because'],
  field: PriceRefusal['field'],
  message: string,
): PriceRefusal => ({ kind: 'refused', because, field, message });
