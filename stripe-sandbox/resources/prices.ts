import { invalidRequest } from '../errors';
import { emit, emitUpdate } from '../events';
import { newId } from '../ids';
import { known } from '../known';
import { dated, page } from '../lists';
import type { Metadata, Price } from '../objects';
import { get, post, type Operation } from '../operations';
import {
  boolean,
  exclusive,
  integer,
  listOf,
  mergeMetadata,
  metadata,
  missing,
  oneOf,
  required,
  shape,
  text,
  unmodelled,
  type Read,
} from '../params';
import type { Context } from '../world';
import { createProduct, keepProduct, knownProduct, type NewProduct } from './products';

export const taxBehavior = oneOf('exclusive', 'inclusive', 'unspecified');

const common = {
  active: boolean(),
  lookup_key: text({ max: 200 }),
  metadata: metadata(),
  nickname: text(),
  tax_behavior: taxBehavior,
  transfer_lookup_key: boolean(),
  ...unmodelled('currency_options'),
};
const creation = shape({
  ...common,
  billing_scheme: oneOf('per_unit'),
  currency: required(text()),
  product: text(),
  product_data: shape({
    active: boolean(),
    id: text(),
    metadata: metadata(),
    name: required(text()),
    statement_descriptor: text({ max: 22 }),
    tax_code: text(),
    unit_label: text({ max: 12 }),
    ...unmodelled('tax_details'),
  }),
  unit_amount: integer({ min: 0 }),
  ...unmodelled(
    'custom_unit_amount',
    'recurring',
    'tiers',
    'tiers_mode',
    'transform_quantity',
    'unit_amount_decimal',
  ),
});
const change = shape(common);

type NewPrice = {
  product: string;
  currency: string;
  amount: number;
  active?: boolean;
  lookupKey?: string | null;
  metadata?: Metadata;
  nickname?: string | null;
  taxBehavior?: 'exclusive' | 'inclusive' | 'unspecified';
};

const keepPrice = (ctx: Context, wanted: NewPrice): Price =>
  ctx.store.prices.put({
    id: newId('price'),
    object: 'price',
    active: wanted.active ?? true,
    billing_scheme: 'per_unit',
    created: ctx.clock.seconds(),
    currency: wanted.currency.toLowerCase(),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: wanted.lookupKey ?? null,
    metadata: wanted.metadata ?? {},
    nickname: wanted.nickname ?? null,
    product: wanted.product,
    recurring: null,
    tax_behavior: wanted.taxBehavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: wanted.amount,
    unit_amount_decimal: `${wanted.amount}`,
  });

export type InlinePrice = Omit<NewPrice, 'product'> & { product: string | NewProduct };

/** The price that Stripe makes of an amount given in place, and its product: used once, never offered. */
export const inlinePrice = (ctx: Context, { product, ...wanted }: InlinePrice): Price => {
  const id = typeof product === 'string' ? product : keepProduct(ctx, { ...product, active: false }).id;
  return keepPrice(ctx, { ...wanted, product: id, active: false });
};

const knownPrice = (ctx: Context, id: string, param = 'id'): Price =>
  known(ctx.store.prices, 'price', id, param);

/** A price that may still be sold. */
export const activePrice = (ctx: Context, id: string, param: string): Price => {
  const price = knownPrice(ctx, id, param);
  if (!price.active) {
    throw invalidRequest(`The price specified is inactive. This field only accepts active prices.`, {
      param,
    });
  }
  return price;
};

type Key = { lookup_key?: string; transfer_lookup_key?: boolean };

/** The price that a lookup key names already; another takes the key over only when that is asked for. */
const holderOf = (ctx: Context, { lookup_key: key, ...asked }: Key, taker?: string): Price | null => {
  if (key === undefined) return null;
  const [holder] = ctx.store.prices.newestFirst(undefined, { by: 'lookup_key', is: key });
  if (holder === undefined || holder.id === taker) return null;
  if (asked.transfer_lookup_key === true) return holder;
  throw invalidRequest(
    `A price (\`${holder.id}\`) already uses that lookup key. To transfer the key, set \`transfer_lookup_key\` to true.`,
    { param: 'lookup_key' },
  );
};

const loseKey = (ctx: Context, holder: Price | null) => {
  if (holder === null) return;
  emitUpdate(ctx, 'price.updated', holder, ctx.store.prices.put({ ...holder, lookup_key: null }));
};

const createPrice = (ctx: Context, params: Read<typeof creation>): Price => {
  const { product: id, product_data: data, unit_amount: amount } = params;
  if (id !== undefined && data !== undefined) throw exclusive('product', 'product_data');
  if (amount === undefined) throw missing('unit_amount');
  if (id === undefined && data === undefined) throw missing('product');
  if (id !== undefined) knownProduct(ctx, id, 'product');
  const holder = holderOf(ctx, params);
  const product = data === undefined ? (id ?? '') : createProduct(ctx, data).id;
  loseKey(ctx, holder);
  const price = keepPrice(ctx, {
    product,
    currency: params.currency,
    amount,
    active: params.active ?? true,
    lookupKey: params.lookup_key ?? null,
    metadata: mergeMetadata({}, params.metadata),
    nickname: params.nickname ?? null,
    taxBehavior: params.tax_behavior ?? 'unspecified',
  });
  emit(ctx, 'price.created', price);
  return price;
};

const updatePrice = (ctx: Context, price: Price, params: Read<typeof change>): Price => {
  const { metadata: changed, transfer_lookup_key: _transferred, ...rest } = params;
  const { tax_behavior: before } = price;
  if (params.tax_behavior !== undefined && before !== 'unspecified' && before !== params.tax_behavior) {
    throw invalidRequest('The tax behavior of a price cannot be changed once it was specified.', {
      param: 'tax_behavior',
    });
  }
  loseKey(ctx, holderOf(ctx, params, price.id));
  const after = ctx.store.prices.put({ ...price, ...rest, metadata: mergeMetadata(price.metadata, changed) });
  emitUpdate(ctx, 'price.updated', price, after);
  return after;
};

const filters = shape({
  ...dated,
  active: boolean(),
  currency: text(),
  lookup_keys: listOf(text()),
  product: text(),
  type: oneOf('one_time', 'recurring'),
  ...unmodelled('recurring'),
});

export const prices: Operation[] = [
  post('/v1/prices', 'price', creation, createPrice),
  get('/v1/prices', 'list of price', filters, (ctx, params) =>
    page(ctx.store.prices, {
      url: '/v1/prices',
      kind: 'price',
      params,
      among: { product: params.product },
      where: (price) =>
        (params.active === undefined || price.active === params.active) &&
        (params.currency === undefined || price.currency === params.currency) &&
        (params.lookup_keys === undefined || params.lookup_keys.includes(price.lookup_key ?? '')) &&
        (params.product === undefined || price.product === params.product) &&
        (params.type === undefined || price.type === params.type),
    }),
  ),
  get('/v1/prices/:id', 'price', shape({}), (ctx, _params, { id }) => knownPrice(ctx, id)),
  post('/v1/prices/:id', 'price', change, (ctx, params, { id }) =>
    updatePrice(ctx, knownPrice(ctx, id), params),
  ),
];
