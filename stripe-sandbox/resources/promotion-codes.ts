import { invalidRequest } from '../errors';
import { emit, emitUpdate } from '../events';
import { newId, randomText } from '../ids';
import { known } from '../known';
import { dated, page } from '../lists';
import type { Customer, PromotionCode } from '../objects';
import { get, post, type Operation } from '../operations';
import {
  boolean,
  integer,
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
import { redeemCoupon, validCoupon } from './coupons';
import { knownCustomer } from './customers';

const creation = shape({
  active: boolean(),
  code: text({ max: 500 }),
  customer: text(),
  expires_at: integer(),
  max_redemptions: integer({ min: 1 }),
  metadata: metadata(),
  promotion: required(shape({ coupon: text(), type: required(oneOf('coupon')) })),
  restrictions: shape({
    first_time_transaction: boolean(),
    minimum_amount: integer({ min: 1 }),
    minimum_amount_currency: text(),
    ...unmodelled('currency_options'),
  }),
  ...unmodelled('customer_account'),
});
const change = shape({
  active: boolean(),
  metadata: metadata(),
  restrictions: shape(unmodelled('currency_options')),
});

/** The code that a customer would type, whichever way it is written. */
const writtenAs = (ctx: Context, code: string): PromotionCode[] => [
  ...ctx.store.promotion_codes.newestFirst(undefined, { by: 'code', is: code.trim().toUpperCase() }),
];

const check = (ctx: Context, params: Read<typeof creation>) => {
  const { code, customer, expires_at: expiresAt, restrictions = {} } = params;
  if (params.promotion.coupon === undefined) throw missing('promotion[coupon]');
  const coupon = validCoupon(ctx, params.promotion.coupon, 'promotion[coupon]');
  if (customer !== undefined) knownCustomer(ctx, customer);
  if (expiresAt !== undefined && expiresAt <= ctx.clock.seconds()) {
    throw invalidRequest('The `expires_at` timestamp must be in the future.', { param: 'expires_at' });
  }
  if (restrictions.minimum_amount !== undefined && restrictions.minimum_amount_currency === undefined) {
    throw missing('restrictions[minimum_amount_currency]');
  }
  const isTaken = (other: PromotionCode) =>
    other.active && (other.customer === null || customer === undefined || other.customer === customer);
  if (code !== undefined && writtenAs(ctx, code).some(isTaken)) {
    throw invalidRequest(`An active promotion code with \`code: ${code}\` already exists.`, {
      code: 'resource_already_exists',
      param: 'code',
    });
  }
  return coupon;
};

const createCode = (ctx: Context, params: Read<typeof creation>): PromotionCode => {
  const coupon = check(ctx, params);
  const { restrictions = {} } = params;
  const code = ctx.store.promotion_codes.put({
    id: newId('promotion_code'),
    object: 'promotion_code',
    active: params.active ?? true,
    code: params.code ?? randomText(8).toUpperCase(),
    created: ctx.clock.seconds(),
    customer: params.customer ?? null,
    customer_account: null,
    expires_at: params.expires_at ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    promotion: { coupon: coupon.id, type: 'coupon' },
    restrictions: {
      first_time_transaction: restrictions.first_time_transaction ?? false,
      minimum_amount: restrictions.minimum_amount ?? null,
      minimum_amount_currency: restrictions.minimum_amount_currency?.toLowerCase() ?? null,
    },
    times_redeemed: 0,
  });
  emit(ctx, 'promotion_code.created', code);
  if (code.expires_at !== null) {
    ctx.store.tasks.put({
      id: newId('task'),
      created: code.created,
      kind: 'expire_promotion_code',
      subject: code.id,
      dueAt: code.expires_at * 1000,
    });
  }
  return code;
};

const keepCode = (ctx: Context, before: PromotionCode, after: PromotionCode): PromotionCode => {
  const kept = ctx.store.promotion_codes.put(after);
  emitUpdate(ctx, 'promotion_code.updated', before, kept);
  return kept;
};

/** The last hour of a code has come. */
export const expirePromotionCode = (ctx: Context, id: string): void => {
  const code = ctx.store.promotion_codes.get(id);
  if (code !== null) keepCode(ctx, code, { ...code, active: false });
};

/** Used once more, and its coupon with it; the last time it may be used is the end of it. */
export const redeemPromotionCode = (ctx: Context, id: string): void => {
  const code = ctx.store.promotion_codes.get(id);
  if (code === null) return;
  redeemCoupon(ctx, code.promotion.coupon ?? '');
  const times = code.times_redeemed + 1;
  const isUsedUp = code.max_redemptions !== null && times >= code.max_redemptions;
  keepCode(ctx, code, { ...code, times_redeemed: times, active: code.active && !isUsedUp });
};

type Use = { customer: Customer | null; subtotal: number; currency: string };

/** Why a code cannot be used here, in a sentence for whoever typed it; null when it can. */
const refusalOf = (ctx: Context, code: PromotionCode, { customer, subtotal, currency }: Use) => {
  const {
    minimum_amount: least,
    minimum_amount_currency: of,
    first_time_transaction: first,
  } = code.restrictions;
  const coupon = ctx.store.coupons.get(code.promotion.coupon ?? '');
  if (!code.active || coupon?.valid !== true) return 'This promotion code is no longer active.';
  if (code.customer !== null && code.customer !== customer?.id) {
    return 'This promotion code belongs to another customer.';
  }
  if (coupon.currency !== null && coupon.currency !== currency) {
    return 'This promotion code is for another currency.';
  }
  if (least !== null && (of !== currency || subtotal < least)) {
    return 'This promotion code asks for a larger order.';
  }
  if (first && customer !== null) {
    const charges = ctx.store.charges.newestFirst(undefined, { by: 'customer', is: customer.id });
    for (const { status } of charges)
      if (status === 'succeeded') return 'This promotion code is for a first order.';
  }
  return null;
};

/** A code by its id that may be used here. */
export const usablePromotionCode = (ctx: Context, id: string, use: Use, param: string): PromotionCode => {
  const code = known(ctx.store.promotion_codes, 'promotion code', id, param);
  const refusal = refusalOf(ctx, code, use);
  if (refusal !== null) throw invalidRequest(refusal, { param });
  return code;
};

/** A code as it was typed: one that may be used here, or the sentence that says why not. */
export const typedPromotionCode = (ctx: Context, typed: string, use: Use): PromotionCode | string => {
  const codes = writtenAs(ctx, typed);
  const usable = codes.find((code) => refusalOf(ctx, code, use) === null);
  if (usable !== undefined) return usable;
  const [code] = codes;
  return (code === undefined ? null : refusalOf(ctx, code, use)) ?? 'This promotion code does not exist.';
};

const knownCode = (ctx: Context, id: string): PromotionCode =>
  known(ctx.store.promotion_codes, 'promotion code', id);

const updateCode = (ctx: Context, code: PromotionCode, params: Read<typeof change>): PromotionCode => {
  if (params.active === true && !code.active) validCoupon(ctx, code.promotion.coupon ?? '', 'active');
  return keepCode(ctx, code, {
    ...code,
    active: params.active ?? code.active,
    metadata: mergeMetadata(code.metadata ?? {}, params.metadata),
  });
};

const filters = shape({
  ...dated,
  active: boolean(),
  code: text(),
  coupon: text(),
  customer: text(),
  ...unmodelled('customer_account'),
});

export const promotionCodes: Operation[] = [
  post('/v1/promotion_codes', 'promotion_code', creation, createCode),
  get('/v1/promotion_codes', 'list of promotion_code', filters, (ctx, params) => {
    const wanted = params.code?.toUpperCase();
    return page(ctx.store.promotion_codes, {
      url: '/v1/promotion_codes',
      kind: 'promotion code',
      params,
      among: { code: wanted, coupon: params.coupon },
      where: (code) =>
        (params.active === undefined || code.active === params.active) &&
        (wanted === undefined || code.code.toUpperCase() === wanted) &&
        (params.coupon === undefined || code.promotion.coupon === params.coupon) &&
        (params.customer === undefined || code.customer === params.customer),
    });
  }),
  get('/v1/promotion_codes/:id', 'promotion_code', shape({}), (ctx, _params, { id }) => knownCode(ctx, id)),
  post('/v1/promotion_codes/:id', 'promotion_code', change, (ctx, params, { id }) =>
    updateCode(ctx, knownCode(ctx, id), params),
  ),
];
