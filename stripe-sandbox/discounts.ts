import { invalidRequest } from './errors';
import { newId } from './ids';
import { known } from './known';
import type { Coupon, Customer, Discount, PromotionCode } from './objects';
import { exclusive, listOf, shape, text } from './params';
import { redeemCoupon, validCoupon } from './resources/coupons';
import { redeemPromotionCode, usablePromotionCode } from './resources/promotion-codes';
import type { KeptDiscount } from './store';
import type { Context } from './world';

export const discountsAsked = listOf(shape({ coupon: text(), discount: text(), promotion_code: text() }));
type Asked = { coupon?: string; discount?: string; promotion_code?: string };

/** A coupon to take off, and the code that opened it. */
export type Reduction = { coupon: Coupon; code: PromotionCode | null };

type Use = { customer: Customer | null; subtotal: number; currency: string };

const reductionOf = (ctx: Context, asked: Asked, use: Use, path: string): Reduction => {
  if (asked.coupon !== undefined && asked.promotion_code !== undefined) {
    throw exclusive(`${path}[coupon]`, `${path}[promotion_code]`);
  }
  if (asked.discount !== undefined) {
    const { terms, discount } = known(ctx.store.discounts, 'discount', asked.discount, `${path}[discount]`);
    const code = ctx.store.promotion_codes.get(discount.promotion_code ?? '');
    return { coupon: terms, code };
  }
  if (asked.promotion_code !== undefined) {
    const param = `${path}[promotion_code]`;
    const code = usablePromotionCode(ctx, asked.promotion_code, use, param);
    return { coupon: validCoupon(ctx, code.promotion.coupon ?? '', param), code };
  }
  return { coupon: validCoupon(ctx, asked.coupon ?? '', `${path}[coupon]`), code: null };
};

/** What is asked to be taken off, which must be allowed before anything is made of it. */
export const reductionsOf = (ctx: Context, asked: Asked[], use: Use, param = 'discounts'): Reduction[] =>
  asked.map((one, index) => {
    const reduction = reductionOf(ctx, one, use, `${param}[${index}]`);
    const { currency } = reduction.coupon;
    if (currency !== null && currency !== use.currency) {
      throw invalidRequest(`The coupon is for ${currency}, and what it is used for is in ${use.currency}.`, {
        param: `${param}[${index}]`,
      });
    }
    return reduction;
  });

type Owner = Partial<Pick<Discount, 'checkout_session' | 'customer' | 'invoice' | 'invoice_item'>>;

/** Ties a coupon to what it makes cheaper, with its terms as they are now. */
export const createDiscount = (ctx: Context, { coupon, code }: Reduction, owner: Owner): KeptDiscount => {
  const created = ctx.clock.seconds();
  const discount: Discount = {
    id: newId('discount'),
    object: 'discount',
    checkout_session: null,
    customer: null,
    customer_account: null,
    end: null,
    invoice: null,
    invoice_item: null,
    ...owner,
    promotion_code: code?.id ?? null,
    source: { coupon: coupon.id, type: 'coupon' },
    start: created,
    subscription: null,
    subscription_item: null,
  };
  return ctx.store.discounts.put({
    id: discount.id,
    created,
    session: discount.checkout_session,
    discount,
    terms: coupon,
  });
};

/** What was taken off counts against how often it may be. */
export const redeem = (ctx: Context, { discount }: KeptDiscount): void => {
  if (discount.promotion_code === null) redeemCoupon(ctx, discount.source.coupon ?? '');
  else redeemPromotionCode(ctx, discount.promotion_code);
};

export type Reducible = {
  amount: number;
  product: string | null;
  /** The invoice item behind the line, which may have discounts of its own. */
  item: string | null;
  isDiscountable: boolean;
};

const share = (whole: number, parts: number[]): number[] => {
  const total = parts.reduce((sum, part) => sum + part, 0);
  let [before, spent] = [0, 0];
  return parts.map((part) => {
    before += part;
    const upTo = total === 0 ? 0 : Math.round((whole * before) / total);
    const mine = upTo - spent;
    spent = upTo;
    return mine;
  });
};

const offEach = (left: number[], { percent_off: percent, amount_off: amount }: Coupon): number[] => {
  if (percent !== null) return left.map((part) => Math.round((part * percent) / 100));
  const total = left.reduce((sum, part) => sum + part, 0);
  return share(Math.min(amount ?? 0, total), left);
};

type Off = { terms: Coupon; discount?: { invoice_item: string | null } };

/** What each discount takes off each line, one after the other, and never more than is left of it. */
export const takenOff = (lines: Reducible[], discounts: Off[]): number[][] => {
  const left = lines.map(({ amount }) => Math.max(0, amount));
  return discounts.map(({ discount, terms }) => {
    const { products } = terms.applies_to ?? {};
    const itsItem = discount?.invoice_item ?? null;
    const concerns = ({ isDiscountable, item, product }: Reducible) =>
      isDiscountable &&
      (itsItem === null || itsItem === item) &&
      (products === undefined || products.includes(product ?? ''));
    const open = lines.map((line, index) => (concerns(line) ? (left[index] ?? 0) : 0));
    const off = offEach(open, terms);
    for (const [index, taken] of off.entries()) left[index] = (left[index] ?? 0) - taken;
    return off;
  });
};
