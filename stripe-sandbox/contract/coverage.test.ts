import { readFileSync } from 'node:fs';

import { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';

import { operations } from '../api';
import { cardByNumber, passesLuhn } from '../cards';
import { levers } from '../levers';
import { aCard, anOrder, aSandbox } from '../testing';
import { asDocumented, faultKinds, orderly } from '../world';
import { theContract } from './contract';
import {
  leftOut,
  promisedCards,
  promisedCodes,
  promisedEvents,
  promisedLevers,
  promisedOperations,
  promisedParameters,
  type PromisedCode,
} from './promised';

const starred = (path: string) => path.replaceAll(/\{\w+\}|:\w+/g, '*');
const served = new Map(operations.map((one) => [`${one.method} ${starred(one.path)}`, one]));
const known = theContract().operations.map(({ method, path }) => `${method} ${starred(path)}`);

type World = ReturnType<typeof aSandbox>;
const NEVER_REDIRECTS = { automatic_payment_methods: { enabled: true, allow_redirects: 'never' as const } };

const aCustomer = async ({ stripe }: World): Promise<string> =>
  (await stripe.customers.create({ email: 'ada@example.org', name: 'Ada' })).id;

const pay = async ({ stripe }: World, card = 'pm_card_visa', more = {}) =>
  stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    payment_method: card,
    confirm: true,
    ...NEVER_REDIRECTS,
    ...more,
  });

const anInvoice = async (world: World, customer: string): Promise<string> => {
  const { id } = await world.stripe.invoices.create({ customer });
  await world.stripe.invoiceItems.create({ invoice: id, amount: 1000, currency: 'usd' });
  return id;
};

/** A card that its customer has, and whose bank says this from now on. */
const flipped = async (world: World, outcome: string) => {
  const customer = await aCustomer(world);
  const { id } = await world.stripe.paymentMethods.attach('pm_card_visa', { customer });
  await world.control(`/payment_methods/${id}/behaviour`, { outcome });
  return pay(world, id, { customer });
};

const untyped = (params: object) => params as Stripe.CustomerCreateParams;

/** How to be refused with each code. */
const provoke: Record<PromisedCode, (world: World) => Promise<unknown>> = {
  amount_too_small: ({ stripe }) => stripe.paymentIntents.create({ amount: 1, currency: 'usd' }),
  authentication_required: (world) => pay(world, 'pm_card_authenticationRequired', { off_session: true }),
  card_declined: (world) => pay(world, 'pm_card_chargeDeclined'),
  charge_already_refunded: async (world) => {
    const { id } = await pay(world);
    await world.stripe.refunds.create({ payment_intent: id });
    await world.stripe.refunds.create({ payment_intent: id });
  },
  charge_disputed: async (world) => {
    const { id, latest_charge: charge } = await pay(world);
    await world.control(`/charges/${charge as string}/dispute`, {});
    await world.stripe.refunds.create({ payment_intent: id });
  },
  coupon_expired: async (world) => {
    const { stripe, sandbox, pass } = world;
    const coupon = await stripe.coupons.create({
      percent_off: 10,
      redeem_by: sandbox.clock.seconds() + 1,
    });
    pass(2);
    const customer = await aCustomer(world);
    await stripe.invoices.create({ customer, discounts: [{ coupon: coupon.id }] });
  },
  customer_tax_location_invalid: ({ stripe }) =>
    stripe.customers.create({ tax: { validate_location: 'immediately' } }),
  expired_card: (world) => pay(world, 'pm_card_chargeDeclinedExpiredCard'),
  idempotency_key_in_use: async ({ stripe, control }) => {
    await control('/faults', { path: '/v1/customers', fault: '409' });
    await stripe.customers.create({});
  },
  incorrect_cvc: (world) => pay(world, 'pm_card_chargeDeclinedIncorrectCvc'),
  incorrect_number: (world) => flipped(world, 'incorrect_number'),
  intent_invalid_state: async (world) => {
    const { stripe } = world;
    const customer = await aCustomer(world);
    const id = await anInvoice(world, customer);
    await stripe.invoices.finalizeInvoice(id);
    const intent = await stripe.paymentIntents.create({ amount: 1000, currency: 'usd', customer });
    await stripe.paymentIntents.cancel(intent.id);
    await stripe.invoices.attachPayment(id, { payment_intent: intent.id });
  },
  invoice_not_editable: async (world) => {
    const id = await anInvoice(world, await aCustomer(world));
    await world.stripe.invoices.finalizeInvoice(id);
    await world.stripe.invoices.finalizeInvoice(id);
  },
  invoice_payment_intent_requires_action: async (world) => {
    const id = await anInvoice(world, await aCustomer(world));
    await world.stripe.invoices.pay(id, { payment_method: 'pm_card_authenticationRequired' });
  },
  lock_timeout: async ({ stripe, control }) => {
    await control('/faults', { path: '/v1/customers', fault: '429' });
    await stripe.customers.create({});
  },
  parameter_invalid_empty: ({ stripe }) => stripe.customers.create({ invoice_prefix: '' }),
  parameter_invalid_integer: ({ stripe }) => stripe.paymentIntents.create({ amount: 0, currency: 'usd' }),
  parameter_invalid_string_blank: ({ stripe }) => stripe.customers.create({ name: '  ' }),
  parameter_missing: ({ stripe }) => stripe.invoices.create({}),
  parameter_unknown: ({ stripe }) => stripe.customers.create(untyped({ nickname: 'Ada' })),
  payment_intent_unexpected_state: async (world) => {
    const { id } = await pay(world);
    await world.stripe.paymentIntents.cancel(id);
  },
  payment_method_types_no_longer_supported: ({ stripe }) =>
    stripe.paymentIntents.create({
      amount: 1000,
      currency: 'usd',
      ...(untyped({ payment_method_types: ['card'] }) as object),
    }),
  processing_error: (world) => pay(world, 'pm_card_chargeDeclinedProcessingError'),
  property_expansion_max_depth: ({ stripe }) =>
    stripe.invoices.list({ expand: ['data.payments.data.payment.payment_intent'] }),
  rate_limit: async ({ stripe, control }) => {
    await control('/faults', { path: '/v1/customers', fault: 'rate_limit' });
    await stripe.customers.create({});
  },
  resource_missing: ({ stripe }) => stripe.customers.retrieve('cus_none'),
  url_invalid: async (world) =>
    world.stripe.checkout.sessions.create({
      ...anOrder(await aCustomer(world)),
      success_url: 'billing/success',
    }),
};

const settled = async ({ pass, sandbox }: World, seconds = 7) => {
  pass(seconds);
  await sandbox.tick();
};

/** What brings each happening about; all of Stripe's that the design names come of these together. */
const scenes: ((world: World) => Promise<unknown>)[] = [
  async (world) => {
    const { stripe, post, control } = world;
    const customer = await aCustomer(world);
    const order = anOrder(customer);
    const buy = async (card: Record<string, string>) => {
      const session = await stripe.checkout.sessions.create(order);
      const sent = await post(session.url ?? '', card);
      return { session, to: sent.headers.get('location') ?? '' };
    };
    const { session } = await buy(aCard('4000000000000002'));
    await stripe.checkout.sessions.expire(session.id);
    await post((await buy(aCard('4000002760003184'))).to, { answer: 'complete' });
    for (const delayedPayment of ['succeeds', 'fails']) {
      await control('/switches', { delayedPayment });
      await buy(aCard());
      await settled(world);
    }
  },
  async ({ stripe, ...world }) => {
    const { id } = await stripe.setupIntents.create({ payment_method: 'pm_card_authenticationRequired' });
    await stripe.setupIntents.confirm(id, { return_url: 'http://app.test/' });
    await stripe.setupIntents.cancel(id);
    const customer = await aCustomer({ stripe, ...world });
    const { id: other } = await stripe.setupIntents.create({ customer });
    const confirm = (method: string) =>
      stripe.setupIntents.confirm(other, { payment_method: method, return_url: 'http://app.test/' });
    await expect(confirm('pm_card_chargeDeclined')).rejects.toMatchObject({ statusCode: 402 });
    await confirm('pm_card_visa');
    const [card] = (await stripe.customers.listPaymentMethods(customer)).data;
    await stripe.paymentMethods.update(card?.id ?? '', { metadata: { a: '1' } });
    await world.control(`/payment_methods/${card?.id ?? ''}/renew`, { exp_month: 1, exp_year: 2040 });
    await stripe.paymentMethods.detach(card?.id ?? '');
    const { id: taxId } = await stripe.customers.createTaxId(customer, {
      type: 'us_ein',
      value: '12-3456789',
    });
    await stripe.customers.deleteTaxId(customer, taxId);
    await stripe.customers.update(customer, { name: 'Grace' });
    await stripe.customers.del(customer);
  },
  async (world) => {
    const { stripe } = world;
    const customer = await aCustomer(world);
    const make = () => anInvoice(world, customer);
    const attempt = async (id: string, card: string) =>
      expect(stripe.invoices.pay(id, { payment_method: card })).rejects.toMatchObject({ statusCode: 402 });
    const first = await make();
    await attempt(first, 'pm_card_chargeCustomerFail');
    await attempt(first, 'pm_card_authenticationRequired');
    await stripe.invoices.markUncollectible(first);
    await stripe.invoices.voidInvoice(first);
    const second = await make();
    await stripe.invoices.pay(second, { payment_method: 'pm_card_visa' });
    await stripe.invoices.del(await make());
    const sent = await stripe.invoices.create({
      customer,
      collection_method: 'send_invoice',
      days_until_due: 1,
    });
    await stripe.invoiceItems.create({ invoice: sent.id, amount: 500, currency: 'usd' });
    await stripe.invoices.sendInvoice(sent.id);
    await settled(world, 2 * 24 * 60 * 60);
    const note = await stripe.creditNotes.create({ invoice: sent.id, amount: 100 });
    await stripe.creditNotes.voidCreditNote(note.id);
    const taxed = await stripe.invoices.create({ customer, automatic_tax: { enabled: true } });
    await expect(stripe.invoices.finalizeInvoice(taxed.id)).rejects.toMatchObject({ statusCode: 400 });
  },
  async (world) => {
    const { stripe, control } = world;
    for (const card of ['pm_card_visa', 'pm_card_pendingRefund', 'pm_card_refundFail']) {
      const { id } = await pay(world, card);
      await stripe.refunds.create({ payment_intent: id });
      await settled(world);
    }
    const { latest_charge: charge } = await pay(world);
    const dispute = (await control(`/charges/${charge as string}/dispute`, {})) as { id: string };
    await stripe.disputes.update(dispute.id, {
      evidence: { uncategorized_text: 'winning_evidence' },
      submit: true,
    });
    await control(`/charges/${charge as string}/early_fraud_warning`, {});
    await settled(world);
  },
  async ({ stripe }) => {
    const product = await stripe.products.create({ name: 'Crédits' });
    await stripe.products.update(product.id, { name: 'Credits' });
    const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 1 });
    await stripe.prices.update(price.id, { nickname: 'One' });
    const coupon = await stripe.coupons.create({ percent_off: 10 });
    await stripe.coupons.update(coupon.id, { name: 'Ten' });
    const code = await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id } });
    await stripe.promotionCodes.update(code.id, { active: false });
    const rate = await stripe.taxRates.create({ display_name: 'VAT', inclusive: true, percentage: 19 });
    await stripe.taxRates.update(rate.id, { description: 'Value added' });
    const made = await stripe.billingPortal.configurations.create({
      features: { invoice_history: { enabled: true } },
    });
    await stripe.billingPortal.configurations.update(made.id, { name: 'Portal' });
    const { id: customer } = await stripe.customers.create({});
    await stripe.billingPortal.sessions.create({ customer, return_url: 'http://app.test/' });
  },
  async (world) => {
    const { stripe, pass } = world;
    const hold = () => pay(world, 'pm_card_visa', { capture_method: 'manual' });
    await stripe.paymentIntents.capture((await hold()).id);
    await stripe.paymentIntents.cancel((await hold()).id);
    await hold();
    pass(8 * 24 * 60 * 60);
    const customer = await aCustomer(world);
    const id = await anInvoice(world, customer);
    await stripe.invoices.finalizeInvoice(id);
    const { id: intent } = await pay(world, 'pm_card_visa', { customer, amount: 1500 });
    await stripe.invoices.attachPayment(id, { payment_intent: intent });
    const note = await stripe.creditNotes.create({ invoice: id, out_of_band_amount: 100 });
    await stripe.creditNotes.update(note.id, { memo: 'Désolée' });
    const { id: coupon } = await stripe.coupons.create({ percent_off: 10 });
    await stripe.coupons.del(coupon);
    const { id: product } = await stripe.products.create({ name: 'Nothing' });
    await stripe.products.del(product);
  },
  async (world) => {
    const { stripe } = world;
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: 1 });
    await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: 2 });
    await settled(world);
    await stripe.testHelpers.testClocks.del(clock.id);
  },
];

const told = async (): Promise<Set<string>> => {
  const types = new Set<string>();
  for (const scene of scenes) {
    const world = aSandbox();
    await scene(world);
    for (const type of world.eventTypes()) types.add(type);
  }
  return types;
};

/** Every lever by its name: a field of one of the common ones, or the last word of an address of its own. */
const pulls = new Set<string>([
  ...Object.keys(orderly),
  ...faultKinds,
  ...Object.keys(asDocumented),
  'advance',
  'offset',
  'freeze',
  ...levers.flatMap(({ path }) => (path.includes('/') ? (path.split('/').at(-1) ?? []) : [])),
]);

const actsOn = (name: string, parameter: string): boolean => {
  const taken = served.get(name)?.takes[parameter];
  return taken !== undefined && !('unmodelled' in taken);
};

const isRefusedWith = async (code: PromisedCode): Promise<boolean> => {
  try {
    await provoke[code](aSandbox());
    return false;
  } catch (error) {
    return error instanceof Stripe.errors.StripeError && error.code === code;
  }
};

const isCard = (number: string) => cardByNumber(number) !== null || !passesLuhn(number);

describe('what the design promises', () => {
  test.each(promisedOperations)('%s is answered', (name) => {
    expect(served.has(name)).toBe(true);
  });

  test('an operation of Stripe is answered, or left out for a reason', () => {
    expect(known.filter((name) => !served.has(name)).toSorted()).toEqual(Object.keys(leftOut).toSorted());
  });

  test.each(Object.entries(promisedParameters))('%s acts on %s', (name, parameters) => {
    expect(parameters.split(' ').filter((parameter) => !actsOn(name, parameter))).toEqual([]);
  });

  test.each(promisedCards)('the card %s is known, or its check digit is wrong', (number) => {
    expect(isCard(number)).toBe(true);
  });

  test.each(promisedCodes)('%s is what Stripe says', async (code) => {
    expect(await isRefusedWith(code)).toBe(true);
  });

  test('every event comes about', async () => {
    const types = await told();
    expect(promisedEvents.filter((type) => !types.has(type))).toEqual([]);
  });

  test.each(promisedLevers)('%s can be pulled', (lever) => {
    expect(pulls.has(lever)).toBe(true);
  });
});

/** A table of markdown as it reads, whatever its columns are padded to. */
const plain = (text: string) => text.replaceAll(/ *\| */g, '|').replaceAll(/-{3,}/g, '-');

/** One line of the count. */
const row = (of: string, counted: boolean[], beyond: string) =>
  `| ${of} | ${counted.filter(Boolean).length} of ${counted.length} | ${beyond} |`;

describe('the README', () => {
  test('counts what is covered', async () => {
    const types = await told();
    const parameters = Object.entries(promisedParameters).flatMap(([name, names]) =>
      names.split(' ').map((parameter) => actsOn(name, parameter)),
    );
    const codes: boolean[] = [];
    for (const code of promisedCodes) codes.push(await isRefusedWith(code));
    const table = [
      '| of | promised by the design | beyond it |',
      '| --- | --- | --- |',
      row(
        'operations',
        promisedOperations.map((name) => served.has(name)),
        `${served.size} of the ${known.length} that the SDK has for these resources`,
      ),
      row('their parameters', parameters, 'one that is not modelled is refused by its name'),
      row(
        'test cards',
        promisedCards.map(isCard),
        'each attached, charged on session, off session and after set-up',
      ),
      row('error codes', codes, "no test is answered with a code that is not on the SDK's list"),
      row(
        'types of event',
        promisedEvents.map((type) => types.has(type)),
        `${types.size} come about in this test`,
      ),
      row(
        'levers',
        promisedLevers.map((lever) => pulls.has(lever)),
        `${pulls.size} in all`,
      ),
    ].join('\n');
    process.stdout.write(`\n${table}\n`);
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    expect(plain(readme)).toContain(plain(table));
    const omissions = Object.entries(leftOut).map(([name, reason]) => `- \`${name}\`: ${reason}.`);
    expect(omissions.filter((line) => !readme.includes(line))).toEqual([]);
  });
});
