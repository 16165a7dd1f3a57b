import { invalidRequest } from '../errors';
import { emit, emitUpdate } from '../events';
import { newId, randomText } from '../ids';
import { known } from '../known';
import { dated, page } from '../lists';
import type { Coupon } from '../objects';
import { del, get, post, type Operation } from '../operations';
import {
  exclusive,
  integer,
  listOf,
  mergeMetadata,
  metadata,
  missing,
  oneOf,
  percent,
  shape,
  text,
  unmodelled,
  type Read,
} from '../params';
import type { Context } from '../world';

const creation = shape({
  amount_off: integer({ min: 1 }),
  applies_to: shape({ products: listOf(text()) }),
  currency: text(),
  duration: oneOf('forever', 'once', 'repeating'),
  duration_in_months: integer({ min: 1 }),
  id: text({ max: 200 }),
  max_redemptions: integer({ min: 1 }),
  metadata: metadata(),
  name: text({ max: 40 }),
  percent_off: percent(),
  redeem_by: integer(),
  ...unmodelled('currency_options'),
});
const change = shape({ metadata: metadata(), name: text({ max: 40 }), ...unmodelled('currency_options') });

/** What the parameters must agree on before a coupon is made of them. */
const check = (ctx: Context, params: Read<typeof creation>) => {
  const { amount_off: amount, percent_off: share, id, redeem_by: redeemBy } = params;
  if (amount !== undefined && share !== undefined) throw exclusive('percent_off', 'amount_off');
  if (amount === undefined && share === undefined) throw missing('percent_off');
  if (amount !== undefined && params.currency === undefined) throw missing('currency');
  if (params.duration === 'repeating' && params.duration_in_months === undefined) {
    throw missing('duration_in_months');
  }
  if (redeemBy !== undefined && redeemBy <= ctx.clock.seconds()) {
    throw invalidRequest('The `redeem_by` timestamp must be in the future.', { param: 'redeem_by' });
  }
  if (id !== undefined && ctx.store.coupons.get(id) !== null) {
    throw invalidRequest('Coupon already exists.', { code: 'resource_already_exists', param: 'id' });
  }
};

const createCoupon = (ctx: Context, params: Read<typeof creation>): Coupon => {
  check(ctx, params);
  const coupon = ctx.store.coupons.put({
    id: params.id ?? randomText(8),
    object: 'coupon',
    amount_off: params.amount_off ?? null,
    ...(params.applies_to === undefined
      ? {}
      : { applies_to: { products: params.applies_to.products ?? [] } }),
    created: ctx.clock.seconds(),
    currency: params.amount_off === undefined ? null : (params.currency ?? '').toLowerCase(),
    duration: params.duration ?? 'once',
    duration_in_months: params.duration === 'repeating' ? (params.duration_in_months ?? null) : null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    name: params.name ?? null,
    percent_off: params.percent_off ?? null,
    redeem_by: params.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  });
  emit(ctx, 'coupon.created', coupon);
  if (coupon.redeem_by !== null) {
    ctx.store.tasks.put({
      id: newId('task'),
      created: coupon.created,
      kind: 'expire_coupon',
      subject: coupon.id,
      dueAt: coupon.redeem_by * 1000,
    });
  }
  return coupon;
};

/** The last hour of a coupon has come. */
export const expireCoupon = (ctx: Context, id: string): void => {
  const coupon = ctx.store.coupons.get(id);
  if (coupon !== null) ctx.store.coupons.put({ ...coupon, valid: false });
};

/** A coupon that may still be used, or Stripe's refusal of one that may not. */
export const validCoupon = (ctx: Context, id: string, param: string): Coupon => {
  const coupon = known(ctx.store.coupons, 'coupon', id, param);
  if (!coupon.valid) throw invalidRequest(`Coupon expired: ${id}`, { code: 'coupon_expired', param });
  return coupon;
};

/** Used once more; the last time it may be used is the end of it. */
export const redeemCoupon = (ctx: Context, id: string): void => {
  const coupon = ctx.store.coupons.get(id);
  if (coupon === null) return;
  const times = coupon.times_redeemed + 1;
  const isUsedUp = coupon.max_redemptions !== null && times >= coupon.max_redemptions;
  ctx.store.coupons.put({ ...coupon, times_redeemed: times, valid: coupon.valid && !isUsedUp });
};

const knownCoupon = (ctx: Context, id: string): Coupon => known(ctx.store.coupons, 'coupon', id);

/** What was bought with it keeps its discount, and its codes open nothing any more. */
const deleteCoupon = (ctx: Context, coupon: Coupon): object => {
  const codes = [...ctx.store.promotion_codes.oldestFirst(undefined, { by: 'coupon', is: coupon.id })];
  for (const code of codes) ctx.store.promotion_codes.put({ ...code, active: false });
  ctx.store.coupons.remove(coupon.id);
  emit(ctx, 'coupon.deleted', coupon);
  return { id: coupon.id, object: 'coupon', deleted: true };
};

export const coupons: Operation[] = [
  post('/v1/coupons', 'coupon', creation, createCoupon),
  get('/v1/coupons', 'list of coupon', shape(dated), (ctx, params) =>
    page(ctx.store.coupons, { url: '/v1/coupons', kind: 'coupon', params, where: () => true }),
  ),
  get('/v1/coupons/:id', 'coupon', shape({}), (ctx, _params, { id }) => knownCoupon(ctx, id)),
  post('/v1/coupons/:id', 'coupon', change, (ctx, params, { id }) => {
    const coupon = knownCoupon(ctx, id);
    const after = ctx.store.coupons.put({
      ...coupon,
      metadata: mergeMetadata(coupon.metadata ?? {}, params.metadata),
      name: params.name ?? coupon.name,
    });
    emitUpdate(ctx, 'coupon.updated', coupon, after);
    return after;
  }),
  del('/v1/coupons/:id', 'coupon', shape({}), (ctx, _params, { id }) =>
    deleteCoupon(ctx, knownCoupon(ctx, id)),
  ),
];
