import { createDiscount, type Reduction } from '../discounts';
import type { CheckoutSession, LineItem } from '../objects';
import { behaviorOf, reckon, type Line, type Reckoned } from '../reckoning';
import { typedPromotionCode } from '../resources/promotion-codes';
import { readTaxId } from '../resources/tax-ids';
import type { CheckoutDetails, KeptDiscount, Place } from '../store';
import { payerOf, sumOf } from '../tax';
import type { Context } from '../world';
import { detailsOf } from './session';

/** The smallest charge in cents that Stripe accepts in US dollars. */
export const SMALLEST_CHARGE = 50;

const discountsOf = (ctx: Context, session: CheckoutSession): KeptDiscount[] => [
  ...ctx.store.discounts.oldestFirst(undefined, { by: 'session', is: session.id }),
];

const toReckon = (ctx: Context, item: LineItem): Line => ({
  amount: item.amount_subtotal,
  product: item.price.product,
  item: null,
  isDiscountable: true,
  behavior: behaviorOf(item.price.tax_behavior),
  rates: ctx.store.line_details.get(item.id)?.rates ?? [],
});

const reckonedLine = (item: LineItem, { discounts, taxes }: Reckoned): LineItem => {
  const off = discounts.reduce((sum, { amount }) => sum + amount, 0);
  const onTop = sumOf(taxes, 'exclusive');
  return {
    ...item,
    amount_discount: off,
    amount_tax: onTop + sumOf(taxes, 'inclusive'),
    amount_total: item.amount_subtotal - off + onTop,
  };
};

const total = (lines: LineItem[], of: 'amount_discount' | 'amount_tax' | 'amount_total'): number =>
  lines.reduce((sum, line) => sum + line[of], 0);

const keepLine = (ctx: Context, item: LineItem, reckoned: Reckoned) => {
  const kept = ctx.store.line_details.get(item.id);
  if (kept !== null) ctx.store.line_details.put({ ...kept, ...reckoned });
};

/** Whether the tax of a session can be told: not as long as nobody knows where its buyer is. */
const taxStatus = (
  { automatic_tax: tax }: CheckoutSession,
  isLocated: boolean,
): CheckoutSession['automatic_tax'] =>
  tax.enabled ? { ...tax, status: isLocated ? 'complete' : 'requires_location_inputs' } : tax;

/** The sums of a session from its lines, its discounts and where its buyer is; what is being paid follows them. */
const reckonSession = (ctx: Context, session: CheckoutSession): CheckoutSession => {
  if (session.mode === 'setup') return session;
  const details = detailsOf(ctx, session);
  const customer = ctx.store.customers.get(session.customer ?? '');
  const payer = payerOf(ctx, customer, details.place ?? {});
  const reckoned = reckon(
    ctx,
    details.lines.map((item) => toReckon(ctx, item)),
    { discounts: discountsOf(ctx, session), payer: session.automatic_tax.enabled ? payer : null },
  );
  const lines = details.lines.map((item, index) => {
    const one = reckoned[index] ?? { discounts: [], taxes: [] };
    keepLine(ctx, item, one);
    return reckonedLine(item, one);
  });
  ctx.store.checkout_details.put({ ...details, lines });
  const amount = total(lines, 'amount_total');
  const intent = ctx.store.payment_intents.get(session.payment_intent ?? '');
  if (intent !== null) ctx.store.payment_intents.put({ ...intent, amount });
  return ctx.store.checkout_sessions.put({
    ...session,
    amount_total: amount,
    automatic_tax: taxStatus(session, payer.country !== null),
    total_details: {
      amount_discount: total(lines, 'amount_discount'),
      amount_shipping: 0,
      amount_tax: total(lines, 'amount_tax'),
    },
  });
};

/** What the buyer says of their place and their numbers: the tax follows. */
export const locate = (ctx: Context, session: CheckoutSession, said: Partial<Place>): CheckoutSession => {
  const details = detailsOf(ctx, session);
  const place: CheckoutDetails['place'] = {
    address: said.address ?? details.place?.address ?? null,
    taxIds: said.taxIds?.map((taxId) => readTaxId(taxId)) ?? details.place?.taxIds ?? [],
    businessName: said.businessName === undefined ? (details.place?.businessName ?? null) : said.businessName,
  };
  ctx.store.checkout_details.put({ ...details, place });
  return reckonSession(ctx, session);
};

/** Makes a session cheaper by what was named when it was made, or typed on its page. */
export const reduce = (ctx: Context, session: CheckoutSession, reductions: Reduction[]): CheckoutSession => {
  for (const reduction of reductions) {
    createDiscount(ctx, reduction, { checkout_session: session.id, customer: session.customer });
  }
  const discounts = reductions.map(({ coupon, code }) => ({
    coupon: code === null ? coupon.id : null,
    promotion_code: code?.id ?? null,
  }));
  return reckonSession(ctx, { ...session, discounts });
};

/** Takes back the code that was typed. */
export const leaveCode = (ctx: Context, session: CheckoutSession): CheckoutSession => {
  if (session.allow_promotion_codes !== true) return session;
  for (const { id } of discountsOf(ctx, session)) ctx.store.discounts.remove(id);
  return reckonSession(ctx, { ...session, discounts: [] });
};

/** Takes the code that was typed, in place of one typed before; or says in a sentence why not. */
export const enterCode = (
  ctx: Context,
  session: CheckoutSession,
  typed: string,
): CheckoutSession | string => {
  if (session.allow_promotion_codes !== true) return 'This page takes no promotion codes.';
  const subtotal = session.amount_subtotal ?? 0;
  const currency = session.currency ?? 'usd';
  const customer = ctx.store.customers.get(session.customer ?? '');
  const code = typedPromotionCode(ctx, typed, { customer, subtotal, currency });
  if (typeof code === 'string') return code;
  const coupon = ctx.store.coupons.get(code.promotion.coupon ?? '');
  if (coupon === null) throw new Error(`${code.id} opens no coupon`);
  const bare = leaveCode(ctx, session);
  const reduced = reduce(ctx, bare, [{ coupon, code }]);
  const { amount_total: amount } = reduced;
  if (amount === null || amount === 0 || amount >= SMALLEST_CHARGE) return reduced;
  leaveCode(ctx, reduced);
  return 'With this promotion code there would be less to pay than can be charged.';
};
