import { newId } from '../ids';
import type { Metadata, Price, Product } from '../objects';
import type { Context } from '../world';

export type InlinePrice = {
  currency: string;
  amount: number;
  taxBehavior?: 'exclusive' | 'inclusive' | 'unspecified';
  product: {
    name: string;
    description?: string | null;
    images?: string[];
    metadata?: Metadata;
    taxCode?: string | null;
  };
};

/** The price and the product that Stripe makes of an amount given in place: used once, never offered. */
export const inlinePrice = (ctx: Context, wanted: InlinePrice): { price: Price; product: Product } => {
  const now = ctx.clock.seconds();
  const product = ctx.store.products.put({
    id: newId('product'),
    object: 'product',
    active: false,
    created: now,
    default_price: null,
    description: wanted.product.description ?? null,
    images: wanted.product.images ?? [],
    livemode: false,
    marketing_features: [],
    metadata: wanted.product.metadata ?? {},
    name: wanted.product.name,
    package_dimensions: null,
    shippable: null,
    tax_code: wanted.product.taxCode ?? null,
    tax_details: null,
    type: 'service',
    updated: now,
    url: null,
  });
  const price = ctx.store.prices.put({
    id: newId('price'),
    object: 'price',
    active: false,
    billing_scheme: 'per_unit',
    created: now,
    currency: wanted.currency.toLowerCase(),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: product.id,
    recurring: null,
    tax_behavior: wanted.taxBehavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: wanted.amount,
    unit_amount_decimal: `${wanted.amount}`,
  });
  return { price, product };
};
