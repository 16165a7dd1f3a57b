import { noSuch } from '../errors';
import { newId } from '../ids';
import { whole, type List } from '../lists';
import type { LineItem, Price } from '../objects';
import { mergeMetadata } from '../params';
import { inlinePrice } from '../resources/prices';
import type { Context } from '../world';
import { missing, type LineRequest } from './request';

const priceFor = (ctx: Context, item: LineRequest, index: number): Price => {
  if (item.price !== undefined) throw noSuch('price', item.price, `line_items[${index}][price]`);
  const asked = item.price_data;
  if (asked === undefined) throw missing(`line_items[${index}][price_data]`);
  const path = `line_items[${index}][price_data]`;
  if (asked.product !== undefined) throw noSuch('product', asked.product, `${path}[product]`);
  if (asked.product_data === undefined) throw missing(`${path}[product_data]`);
  if (asked.unit_amount === undefined) throw missing(`${path}[unit_amount]`);

  const { product_data: product, unit_amount: amount } = asked;
  return inlinePrice(ctx, {
    currency: asked.currency,
    amount,
    ...(asked.tax_behavior === undefined ? {} : { taxBehavior: asked.tax_behavior }),
    product: {
      name: product.name,
      description: product.description ?? null,
      images: product.images ?? [],
      metadata: mergeMetadata({}, product.metadata),
      taxCode: product.tax_code ?? null,
    },
  }).price;
};

/** What one line of an order comes to. */
export const lineFor = (ctx: Context, item: LineRequest, index: number): LineItem => {
  if (item.quantity === undefined) throw missing(`line_items[${index}][quantity]`);
  const price = priceFor(ctx, item, index);
  const amount = (price.unit_amount ?? 0) * item.quantity;
  return {
    id: newId('line_item'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: item.price_data?.product_data?.name ?? null,
    metadata: mergeMetadata({}, item.metadata),
    price,
    quantity: item.quantity,
  };
};

/** What was bought, shown only when asked for. */
export const linesOf = (ctx: Context, session: string): List<LineItem> =>
  whole(ctx.store.checkout_details.get(session)?.lines ?? [], `/v1/checkout/sessions/${session}/line_items`);
