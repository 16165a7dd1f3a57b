import { invalidRequest } from '../errors';
import { emit, emitUpdate } from '../events';
import { newId } from '../ids';
import { known } from '../known';
import { dated, page } from '../lists';
import type { Product } from '../objects';
import { del, get, post, type Operation } from '../operations';
import {
  boolean,
  integer,
  listOf,
  mergeMetadata,
  metadata,
  oneOf,
  required,
  shape,
  text,
  unmodelled,
  unset,
  url,
  type Read,
} from '../params';
import type { Context } from '../world';

const images = listOf(url());
const dimensions = shape({
  height: required(integer()),
  length: required(integer()),
  weight: required(integer()),
  width: required(integer()),
});
const common = {
  active: boolean(),
  metadata: metadata(),
  shippable: boolean(),
  statement_descriptor: text({ max: 22 }),
};
const features = listOf(shape({ name: required(text({ max: 80 })) }));

const creation = shape({
  ...common,
  name: required(text()),
  description: text(),
  id: text(),
  images,
  marketing_features: features,
  package_dimensions: dimensions,
  tax_code: text(),
  type: oneOf('good', 'service'),
  unit_label: text({ max: 12 }),
  url: url(),
  ...unmodelled('default_price_data', 'tax_details'),
});
const change = shape({
  ...common,
  name: text(),
  default_price: text(),
  description: unset(text()),
  images: unset(images),
  marketing_features: unset(features),
  package_dimensions: unset(dimensions),
  tax_code: unset(text()),
  unit_label: unset(text({ max: 12 })),
  url: unset(url()),
  ...unmodelled('tax_details'),
});

export type NewProduct = Omit<Read<typeof creation>, 'metadata' | 'tax_code'> & {
  metadata?: Record<string, string>;
  tax_code?: string | null;
};

/** The product as it is kept, of which nobody is told. */
export const keepProduct = (ctx: Context, wanted: NewProduct): Product => {
  const now = ctx.clock.seconds();
  return ctx.store.products.put({
    id: wanted.id ?? newId('product'),
    object: 'product',
    active: wanted.active ?? true,
    created: now,
    default_price: null,
    description: wanted.description ?? null,
    images: wanted.images ?? [],
    livemode: false,
    marketing_features: wanted.marketing_features ?? [],
    metadata: wanted.metadata ?? {},
    name: wanted.name,
    package_dimensions: wanted.package_dimensions ?? null,
    shippable: wanted.shippable ?? null,
    ...(wanted.statement_descriptor === undefined
      ? {}
      : { statement_descriptor: wanted.statement_descriptor }),
    tax_code: wanted.tax_code ?? null,
    tax_details: null,
    type: wanted.type ?? 'service',
    ...(wanted.unit_label === undefined ? {} : { unit_label: wanted.unit_label }),
    updated: now,
    url: wanted.url ?? null,
  });
};

export const createProduct = (ctx: Context, params: Read<typeof creation>): Product => {
  const { id } = params;
  if (id !== undefined && ctx.store.products.get(id) !== null) {
    throw invalidRequest('Product already exists.', { code: 'resource_already_exists', param: 'id' });
  }
  const product = keepProduct(ctx, { ...params, metadata: mergeMetadata({}, params.metadata) });
  emit(ctx, 'product.created', product);
  return product;
};

export const knownProduct = (ctx: Context, id: string, param = 'id'): Product =>
  known(ctx.store.products, 'product', id, param);

const updateProduct = (ctx: Context, product: Product, params: Read<typeof change>): Product => {
  const { metadata: changed, images: pictures, marketing_features: listed, ...rest } = params;
  if (params.default_price !== undefined) {
    const price = known(ctx.store.prices, 'price', params.default_price, 'default_price');
    if (price.product !== product.id) {
      throw invalidRequest(`The price ${price.id} belongs to another product.`, { param: 'default_price' });
    }
  }
  const after = ctx.store.products.put({
    ...product,
    ...rest,
    ...(pictures === undefined ? {} : { images: pictures ?? [] }),
    ...(listed === undefined ? {} : { marketing_features: listed ?? [] }),
    metadata: mergeMetadata(product.metadata, changed),
    updated: ctx.clock.seconds(),
  });
  emitUpdate(ctx, 'product.updated', product, after);
  return after;
};

const deleteProduct = (ctx: Context, product: Product): object => {
  const [price] = ctx.store.prices.newestFirst(undefined, { by: 'product', is: product.id });
  if (price !== undefined) {
    throw invalidRequest(
      'This product cannot be deleted because it has one or more user-created prices. Archive it by setting `active` to false instead.',
    );
  }
  ctx.store.products.remove(product.id);
  emit(ctx, 'product.deleted', product);
  return { id: product.id, object: 'product', deleted: true };
};

const filters = shape({
  ...dated,
  active: boolean(),
  ids: listOf(text()),
  shippable: boolean(),
  type: oneOf('good', 'service'),
  url: text(),
});

export const products: Operation[] = [
  post('/v1/products', 'product', creation, createProduct),
  get('/v1/products', 'list of product', filters, (ctx, params) =>
    page(ctx.store.products, {
      url: '/v1/products',
      kind: 'product',
      params,
      where: (product) =>
        (params.active === undefined || product.active === params.active) &&
        (params.ids === undefined || params.ids.includes(product.id)) &&
        (params.shippable === undefined || product.shippable === params.shippable) &&
        (params.type === undefined || product.type === params.type) &&
        (params.url === undefined || product.url === params.url),
    }),
  ),
  get('/v1/products/:id', 'product', shape({}), (ctx, _params, { id }) => knownProduct(ctx, id)),
  post('/v1/products/:id', 'product', change, (ctx, params, { id }) =>
    updateProduct(ctx, knownProduct(ctx, id), params),
  ),
  del('/v1/products/:id', 'product', shape({}), (ctx, _params, { id }) =>
    deleteProduct(ctx, knownProduct(ctx, id)),
  ),
];
