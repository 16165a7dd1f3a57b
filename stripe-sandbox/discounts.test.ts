import { describe, expect, test } from 'vitest';

import { aCard, anOrder, aSandbox } from './testing';

const aCoupon = async (terms: { percent_off?: number; amount_off?: number; currency?: string }) => {
  const world = aSandbox();
  const { id: customer } = await world.stripe.customers.create({ email: 'ada@example.org', name: 'Ada' });
  const coupon = await world.stripe.coupons.create({ name: 'Été', ...terms });
  const { allow_promotion_codes: _codes, ...order } = anOrder(customer);
  return { ...world, coupon, customer, order };
};

describe('a coupon', () => {
  test('is made, found, changed, deleted and told of', async () => {
    const { stripe, coupon, eventTypes } = await aCoupon({ percent_off: 12.5 });
    expect(coupon).toMatchObject({ percent_off: 12.5, duration: 'once', valid: true, times_redeemed: 0 });
    await stripe.coupons.update(coupon.id, { name: 'Hiver' });
    expect((await stripe.coupons.list()).data.map(({ name }) => name)).toEqual(['Hiver']);
    expect(await stripe.coupons.del(coupon.id)).toEqual({ id: coupon.id, object: 'coupon', deleted: true });
    await expect(stripe.coupons.retrieve(coupon.id)).rejects.toMatchObject({ statusCode: 404 });
    expect(eventTypes().slice(1)).toEqual(['coupon.created', 'coupon.updated', 'coupon.deleted']);
  });

  test.each([
    [{}, 'percent_off'],
    [{ percent_off: 10, amount_off: 10, currency: 'usd' }, 'percent_off'],
    [{ percent_off: 101 }, 'percent_off'],
    [{ amount_off: 10 }, 'currency'],
    [{ percent_off: 10, duration: 'repeating' as const }, 'duration_in_months'],
    [{ percent_off: 10, redeem_by: 1 }, 'redeem_by'],
  ])('of %o is refused for its %s', async (params, param) => {
    const { stripe, sandbox } = aSandbox();
    await expect(stripe.coupons.create(params)).rejects.toMatchObject({ statusCode: 400, param });
    expect(sandbox.store.coupons.size()).toBe(0);
  });

  test('that has expired is refused as coupon_expired, and makes no session', async () => {
    const { stripe, sandbox, order, pass } = await aCoupon({ percent_off: 10 });
    const redeemBy = sandbox.clock.seconds() + 60;
    const coupon = await stripe.coupons.create({ percent_off: 50, redeem_by: redeemBy });
    pass(61);
    await expect(
      stripe.checkout.sessions.create({ ...order, discounts: [{ coupon: coupon.id }] }),
    ).rejects.toMatchObject({ code: 'coupon_expired', param: 'discounts[0][coupon]' });
    expect(sandbox.store.checkout_sessions.size()).toBe(0);
    expect((await stripe.coupons.retrieve(coupon.id)).valid).toBe(false);
  });

  test('used as often as it may be is used up', async () => {
    const { stripe, order, post } = await aCoupon({ percent_off: 10 });
    const { id } = await stripe.coupons.create({ percent_off: 10, max_redemptions: 1 });
    const session = await stripe.checkout.sessions.create({ ...order, discounts: [{ coupon: id }] });
    await post(session.url ?? '', aCard());
    expect(await stripe.coupons.retrieve(id)).toMatchObject({ times_redeemed: 1, valid: false });
    await expect(
      stripe.checkout.sessions.create({ ...order, discounts: [{ coupon: id }] }),
    ).rejects.toMatchObject({ code: 'coupon_expired' });
  });
});

describe('a session with a coupon', () => {
  test.each([
    [{ percent_off: 20 }, 1000],
    [{ amount_off: 1500, currency: 'usd' }, 1500],
  ])('of %o is cheaper by %i, on the charge and on the invoice', async (terms, off) => {
    const { stripe, coupon, order, post } = await aCoupon(terms);
    const opened = await stripe.checkout.sessions.create({ ...order, discounts: [{ coupon: coupon.id }] });
    expect(opened).toMatchObject({
      amount_subtotal: 5000,
      amount_total: 5000 - off,
      total_details: { amount_discount: off },
      discounts: [{ coupon: coupon.id, promotion_code: null }],
    });
    await post(opened.url ?? '', aCard());
    const session = await stripe.checkout.sessions.retrieve(opened.id, {
      expand: ['payment_intent', 'invoice.discounts', 'line_items.data.discounts', 'discounts.coupon'],
    });
    expect(session).toMatchObject({
      payment_status: 'paid',
      payment_intent: { amount: 5000 - off, amount_received: 5000 - off },
      discounts: [{ coupon: { name: 'Été' } }],
      line_items: { data: [{ amount_discount: off, discounts: [{ amount: off }] }] },
      invoice: {
        subtotal: 5000,
        total: 5000 - off,
        amount_paid: 5000 - off,
        total_discount_amounts: [{ amount: off }],
        discounts: [{ source: { coupon: coupon.id } }],
      },
    });
  });

  test('of all of it asks for no card and makes no PaymentIntent', async () => {
    const { stripe, coupon, order, post, eventTypes } = await aCoupon({ percent_off: 100 });
    const opened = await stripe.checkout.sessions.create({ ...order, discounts: [{ coupon: coupon.id }] });
    await post(opened.url ?? '', { email: 'ada@example.org', name: 'Ada' });
    const session = await stripe.checkout.sessions.retrieve(opened.id, { expand: ['invoice'] });
    expect(session).toMatchObject({
      status: 'complete',
      payment_status: 'no_payment_required',
      amount_total: 0,
      payment_intent: null,
      invoice: { total: 0, status: 'paid' },
    });
    expect(eventTypes()).toContain('checkout.session.completed');
    expect(eventTypes()).not.toContain('payment_intent.created');
  });

  test('that leaves less than can be charged is not made', async () => {
    const { stripe, sandbox, coupon, order } = await aCoupon({ amount_off: 4990, currency: 'usd' });
    await expect(
      stripe.checkout.sessions.create({ ...order, discounts: [{ coupon: coupon.id }] }),
    ).rejects.toMatchObject({ code: 'amount_too_small' });
    expect(sandbox.store.checkout_sessions.size()).toBe(0);
  });

  test('for one product leaves the others alone', async () => {
    const { stripe, order } = await aCoupon({ percent_off: 1 });
    const product = await stripe.products.create({ name: 'Reduced' });
    const coupon = await stripe.coupons.create({ percent_off: 50, applies_to: { products: [product.id] } });
    const line = (id: string, amount: number) => ({
      quantity: 1,
      price_data: { currency: 'usd', unit_amount: amount, product: id },
    });
    const other = await stripe.products.create({ name: 'Full' });
    const session = await stripe.checkout.sessions.create({
      ...order,
      line_items: [line(product.id, 1000), line(other.id, 3000)],
      discounts: [{ coupon: coupon.id }],
      expand: ['line_items', 'total_details.breakdown'],
    });
    expect(session.line_items?.data.map(({ amount_total: amount }) => amount)).toEqual([500, 3000]);
    expect(session.total_details?.breakdown?.discounts).toMatchObject([
      { amount: 500, discount: { source: { coupon: coupon.id } } },
    ]);
  });

  test('names either a coupon or a code, once', async () => {
    const { stripe, coupon, order } = await aCoupon({ percent_off: 10 });
    const create = (discounts: object[]) => stripe.checkout.sessions.create({ ...order, discounts });
    await expect(create([{ coupon: 'none' }])).rejects.toMatchObject({ code: 'resource_missing' });
    await expect(create([{ coupon: coupon.id }, { coupon: coupon.id }])).rejects.toMatchObject({
      param: 'discounts',
    });
    await expect(create([{ coupon: coupon.id, promotion_code: 'promo_1' }])).rejects.toMatchObject({
      statusCode: 400,
    });
  });
});

describe('a promotion code', () => {
  const aCode = async (
    more: Partial<Parameters<ReturnType<typeof aSandbox>['stripe']['promotionCodes']['create']>[0]> = {},
  ) => {
    const made = await aCoupon({ percent_off: 20 });
    const code = await made.stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: made.coupon.id },
      code: 'ETE20',
      ...more,
    });
    const session = await made.stripe.checkout.sessions.create(anOrder(made.customer));
    const press = (fields: Record<string, string>) => made.post(session.url ?? '', fields);
    const type = (typed: string) => press({ do: 'code', code: typed });
    const look = () => made.stripe.checkout.sessions.retrieve(session.id);
    return { ...made, code, look, press, session, type };
  };

  test('is made, found however it is written, changed and told of', async () => {
    const { stripe, code, coupon, eventTypes } = await aCode();
    expect(code).toMatchObject({ active: true, promotion: { coupon: coupon.id }, times_redeemed: 0 });
    const found = await stripe.promotionCodes.list({ code: 'ete20', expand: ['data.promotion.coupon'] });
    expect(found.data).toMatchObject([{ id: code.id, promotion: { coupon: { percent_off: 20 } } }]);
    await stripe.promotionCodes.update(code.id, { active: false });
    expect((await stripe.promotionCodes.list({ active: true })).data).toEqual([]);
    expect(eventTypes()).toEqual(
      expect.arrayContaining(['promotion_code.created', 'promotion_code.updated']),
    );
    await stripe.promotionCodes.update(code.id, { active: true });
    await expect(
      stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'ete20' }),
    ).rejects.toMatchObject({ param: 'code' });
  });

  test('typed on the page makes it cheaper, and can be taken back', async () => {
    const { code, look, post, press, session, stripe, type } = await aCode();
    await type(' ete20 ');
    expect(await look()).toMatchObject({
      amount_total: 4000,
      discounts: [{ coupon: null, promotion_code: code.id }],
    });
    await press({ do: 'leave_code' });
    expect(await look()).toMatchObject({ amount_total: 5000, discounts: [] });
    await type('ETE20');
    await post(session.url ?? '', aCard());
    const paid = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent', 'discounts.promotion_code'],
    });
    expect(paid).toMatchObject({
      payment_intent: { amount_received: 4000 },
      discounts: [{ promotion_code: { code: 'ETE20', times_redeemed: 1 } }],
    });
  });

  test.each([
    ['NONE', {}, 'does not exist'],
    ['ETE20', { active: false }, 'no longer active'],
    ['ETE20', { restrictions: { minimum_amount: 9000, minimum_amount_currency: 'usd' } }, 'larger order'],
  ])('%s with %o is refused in a sentence', async (typed, more, sentence) => {
    const { look, type } = await aCode(more);
    expect(await (await type(typed)).text()).toContain(sentence);
    expect(await look()).toMatchObject({ amount_total: 5000, discounts: [] });
  });

  test('ends with its hour, with its coupon, or with its last use', async () => {
    const { stripe, coupon, sandbox, pass } = await aCode();
    const create = (more: object) =>
      stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, ...more });
    const hour = await create({ expires_at: sandbox.clock.seconds() + 60 });
    pass(61);
    expect((await stripe.promotionCodes.retrieve(hour.id)).active).toBe(false);
    const another = await create({});
    await stripe.coupons.del(coupon.id);
    expect((await stripe.promotionCodes.retrieve(another.id)).active).toBe(false);
  });

  test('of one customer is nobody else’s', async () => {
    const { stripe, coupon, customer, order } = await aCode();
    const { id: other } = await stripe.customers.create({});
    const { id } = await stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      customer: other,
    });
    await expect(
      stripe.checkout.sessions.create({ ...order, discounts: [{ promotion_code: id }] }),
    ).rejects.toMatchObject({ param: 'discounts[0][promotion_code]' });
    expect(
      await stripe.checkout.sessions.create({
        ...order,
        customer: other,
        discounts: [{ promotion_code: id }],
      }),
    ).toMatchObject({ amount_total: 4000 });
    expect(customer).not.toBe(other);
  });
});

describe('an invoice with a coupon', () => {
  test('is reduced on each line, before its tax', async () => {
    const { stripe, coupon, customer } = await aCoupon({ amount_off: 300, currency: 'usd' });
    const vat = await stripe.taxRates.create({ display_name: 'VAT', inclusive: false, percentage: 10 });
    const draft = await stripe.invoices.create({
      customer,
      discounts: [{ coupon: coupon.id }],
      default_tax_rates: [vat.id],
    });
    for (const amount of [1000, 2000]) {
      await stripe.invoiceItems.create({ invoice: draft.id, amount, currency: 'usd' });
    }
    await stripe.invoiceItems.create({
      invoice: draft.id,
      amount: 500,
      currency: 'usd',
      discountable: false,
    });
    const invoice = await stripe.invoices.finalizeInvoice(draft.id);
    expect(invoice).toMatchObject({ subtotal: 3500, total: 3520, total_discount_amounts: [{ amount: 300 }] });
    expect(invoice.lines.data.map((line) => line.discount_amounts?.[0]?.amount ?? 0)).toEqual([100, 200, 0]);
    expect((await stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(1);
  });

  test('takes the coupon of one item off that item', async () => {
    const { stripe, coupon, customer } = await aCoupon({ percent_off: 50 });
    const draft = await stripe.invoices.create({ customer });
    const item = await stripe.invoiceItems.create({
      invoice: draft.id,
      amount: 1000,
      currency: 'usd',
      discounts: [{ coupon: coupon.id }],
    });
    await stripe.invoiceItems.create({ invoice: draft.id, amount: 1000, currency: 'usd' });
    expect((await stripe.invoices.retrieve(draft.id)).total).toBe(1500);
    await stripe.invoiceItems.update(item.id, { discounts: '' });
    expect((await stripe.invoices.retrieve(draft.id)).total).toBe(2000);
    await stripe.invoices.update(draft.id, { discounts: [{ coupon: coupon.id }] });
    expect((await stripe.invoices.retrieve(draft.id)).total).toBe(1000);
  });
});
