import { newId } from '../ids';
import { whole, type List } from '../lists';
import type { LineItem, Price, TaxRate } from '../objects';
import { exclusive, mergeMetadata, missing } from '../params';
import { totalDiscounts } from '../reckoning';
import { activePrice, inlinePrice } from '../resources/prices';
import { knownProduct } from '../resources/products';
import { taxRatesNamed } from '../resources/tax-rates';
import type { LineDetails } from '../store';
import { totalTaxes } from '../tax';
import type { Context } from '../world';
import type { LineRequest } from './request';

const priceFor = (ctx: Context, item: LineRequest, path: string): Price => {
  const { price, price_data: asked } = item;
  if (price !== undefined && asked !== undefined) throw exclusive(`${path}[price]`, `${path}[price_data]`);
  if (price !== undefined) return activePrice(ctx, price, `${path}[price]`);
  const inside = `${path}[price_data]`;
  if (asked === undefined) throw missing(inside);
  const { product: id, product_data: made, unit_amount: amount, tax_behavior: behavior } = asked;
  if (id !== undefined && made !== undefined)
    throw exclusive(`${inside}[product]`, `${inside}[product_data]`);
  if (amount === undefined) throw missing(`${inside}[unit_amount]`);
  if (id === undefined && made === undefined) throw missing(`${inside}[product_data]`);
  return inlinePrice(ctx, {
    currency: asked.currency,
    amount,
    ...(behavior === undefined ? {} : { taxBehavior: behavior }),
    product:
      made === undefined
        ? knownProduct(ctx, id ?? '', `${inside}[product]`).id
        : { ...made, metadata: mergeMetadata({}, made.metadata) },
  });
};

/** One line of an order, and the rates at which it is taxed when no place decides. */
export type OrderLine = { item: LineItem; rates: TaxRate[] };

export const lineFor = (ctx: Context, item: LineRequest, index: number): OrderLine => {
  const path = `line_items[${index}]`;
  if (item.quantity === undefined) throw missing(`${path}[quantity]`);
  const rates = taxRatesNamed(ctx, item.tax_rates, `${path}[tax_rates]`);
  const price = priceFor(ctx, item, path);
  const amount = (price.unit_amount ?? 0) * item.quantity;
  return {
    rates,
    item: {
      id: newId('line_item'),
      object: 'item',
      adjustable_quantity: null,
      amount_discount: 0,
      amount_subtotal: amount,
      amount_tax: 0,
      amount_total: amount,
      currency: price.currency,
      description: ctx.store.products.get(price.product)?.name ?? null,
      metadata: mergeMetadata({}, item.metadata),
      price,
      quantity: item.quantity,
    },
  };
};

/** What was bought, shown only when asked for. */
export const linesOf = (ctx: Context, session: string): List<LineItem> =>
  whole(ctx.store.checkout_details.get(session)?.lines ?? [], `/v1/checkout/sessions/${session}/line_items`);

type Details = Pick<LineDetails, 'discounts' | 'taxes'>;

const shownDiscounts = (ctx: Context, { discounts }: Details) =>
  discounts.map(({ discount, amount }) => ({
    amount,
    discount: ctx.store.discounts.get(discount)?.discount ?? null,
  }));

const shownTaxes = (ctx: Context, { taxes }: Details) =>
  taxes.map(({ amount, tax_rate_details: rate, taxability_reason: reason, taxable_amount: taxable }) => ({
    amount,
    rate: ctx.store.tax_rates.get(rate?.tax_rate ?? ''),
    taxability_reason: reason,
    taxable_amount: taxable,
  }));

const detailsOfLine = (ctx: Context, id: string): Details =>
  ctx.store.line_details.get(id) ?? { discounts: [], taxes: [] };

/** What was taken off a line, and why. */
export const discountsOfLine = (ctx: Context, id: string): object[] =>
  shownDiscounts(ctx, detailsOfLine(ctx, id));

/** The taxes in or on a line, by their rates. */
export const taxesOfLine = (ctx: Context, id: string): object[] => shownTaxes(ctx, detailsOfLine(ctx, id));

/** The discounts and the taxes of a whole session. */
export const breakdownOf = (ctx: Context, session: string): object => {
  const lines = linesOf(ctx, session).data.map(({ id }) => detailsOfLine(ctx, id));
  return {
    discounts: shownDiscounts(ctx, { discounts: totalDiscounts(lines), taxes: [] }),
    taxes: shownTaxes(ctx, { discounts: [], taxes: totalTaxes(lines.flatMap(({ taxes }) => taxes)) }),
  };
};
