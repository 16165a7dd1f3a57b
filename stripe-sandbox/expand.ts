import { breakdownOf, discountsOfLine, linesOf, taxesOfLine } from './checkout/lines';
import { invalidRequest } from './errors';
import type { List } from './lists';
import type { Customer } from './objects';
import { atThisHour } from './resources/balance-transactions';
import { confirmationSecretOf, paymentsOf } from './resources/invoice-payments';
import { refundsOf } from './resources/refunds';
import { taxIdList } from './resources/tax-ids';
import type { Context } from './world';

type Finder = (ctx: Context, id: string) => object | null;
type Field =
  | { kind: 'reference'; to: string; find: Finder }
  /** Left out of the answer until it is asked for. */
  | { kind: 'included'; to: string; make: (ctx: Context, owner: { id: string }) => unknown }
  /** Always there, and worth walking into. */
  | { kind: 'inline'; to: string };

const reference = (to: string, find: Finder): Field => ({ kind: 'reference', to, find });

const customer = reference(
  'customer',
  (ctx, id) =>
    ctx.store.customers.get(id) ??
    (ctx.store.deleted.get(id) === null ? null : { id, object: 'customer', deleted: true }),
);
const paymentMethod = reference('payment_method', (ctx, id) => ctx.store.payment_methods.get(id));
const paymentIntent = reference('payment_intent', (ctx, id) => ctx.store.payment_intents.get(id));
const charge = reference('charge', (ctx, id) => ctx.store.charges.get(id));
const invoice = reference('invoice', (ctx, id) => ctx.store.invoices.get(id));
const refund = reference('refund', (ctx, id) => ctx.store.refunds.get(id));
const moved = reference(
  'charge',
  (ctx, id) => ctx.store.charges.get(id) ?? ctx.store.refunds.get(id) ?? ctx.store.disputes.get(id),
);
const configuration = reference('billing_portal.configuration', (ctx, id) =>
  ctx.store.portal_configurations.get(id),
);
const coupon = reference(
  'coupon',
  (ctx, id) =>
    ctx.store.coupons.get(id) ??
    [...ctx.store.discounts.newestFirst()].find(({ terms }) => terms.id === id)?.terms ??
    null,
);
const promotionCode = reference('promotion_code', (ctx, id) => ctx.store.promotion_codes.get(id));
const discount = reference('discount', (ctx, id) => ctx.store.discounts.get(id)?.discount ?? null);
const setupIntent = reference('setup_intent', (ctx, id) => ctx.store.setup_intents.get(id));
const transaction = reference('balance_transaction', (ctx, id) => {
  const kept = ctx.store.balance_transactions.get(id);
  return kept === null ? null : atThisHour(ctx, kept);
});
const testClock = reference('test_helpers.test_clock', (ctx, id) => ctx.store.test_clocks.get(id));
const creditNote = reference('credit_note', (ctx, id) => ctx.store.credit_notes.get(id));
const balanceMove = reference('customer_balance_transaction', (ctx, id) =>
  ctx.store.customer_balance_transactions.get(id),
);
const product = reference('product', (ctx, id) => ctx.store.products.get(id));
const price = reference('price', (ctx, id) => ctx.store.prices.get(id));

/** Whether tax can be told for a customer, which follows from their address. */
const taxOfCustomer = (address: Partial<NonNullable<Customer['address']>> | null | undefined) => {
  const { country, state } = address ?? {};
  const isKnown = typeof country === 'string';
  return {
    automatic_tax: isKnown ? 'supported' : 'unrecognized_location',
    ip_address: null,
    location: isKnown ? { country, source: 'billing_address', state: state ?? null } : null,
    provider: 'stripe',
  };
};

/** What can be expanded in each kind of object, by the path from that object. */
const expandable: Record<string, Record<string, Field>> = {
  customer: {
    test_clock: testClock,
    'invoice_settings.default_payment_method': paymentMethod,
    tax: {
      kind: 'included',
      to: 'nothing',
      make: (ctx, { id }) => taxOfCustomer(ctx.store.customers.get(id)?.address),
    },
    tax_ids: {
      kind: 'included',
      to: 'list of tax_id',
      make: (ctx, { id }) => taxIdList(ctx, id),
    },
  },
  payment_method: { customer },
  payment_intent: {
    customer,
    payment_method: paymentMethod,
    latest_charge: charge,
    'last_payment_error.payment_method': { kind: 'inline', to: 'payment_method' },
  },
  setup_intent: { customer, payment_method: paymentMethod },
  charge: {
    customer,
    payment_intent: paymentIntent,
    balance_transaction: transaction,
    refunds: {
      kind: 'included',
      to: 'list of refund',
      make: (ctx, { id }) => refundsOf(ctx, id),
    },
  },
  refund: {
    customer,
    charge,
    payment_intent: paymentIntent,
    payment_method: paymentMethod,
    balance_transaction: transaction,
    failure_balance_transaction: transaction,
  },
  dispute: { charge, payment_intent: paymentIntent },
  'radar.early_fraud_warning': { charge, payment_intent: paymentIntent },
  customer_balance_transaction: { customer, invoice, credit_note: creditNote },
  credit_note: {
    customer,
    invoice,
    customer_balance_transaction: balanceMove,
    refunds: { kind: 'inline', to: 'refund of a credit note' },
  },
  'refund of a credit note': { refund },
  'billing_portal.session': { configuration },
  tax_id: { customer },
  balance_transaction: { source: moved },
  'checkout.session': {
    customer,
    payment_intent: paymentIntent,
    setup_intent: setupIntent,
    invoice,
    discounts: { kind: 'inline', to: 'discount of a session' },
    'total_details.breakdown': {
      kind: 'included',
      to: 'nothing',
      make: (ctx, { id }) => breakdownOf(ctx, id),
    },
    line_items: { kind: 'included', to: 'list of item', make: (ctx, { id }) => linesOf(ctx, id) },
  },
  item: {
    'price.product': product,
    discounts: { kind: 'included', to: 'nothing', make: (ctx, { id }) => discountsOfLine(ctx, id) },
    taxes: { kind: 'included', to: 'nothing', make: (ctx, { id }) => taxesOfLine(ctx, id) },
  },
  product: { default_price: price },
  promotion_code: { customer, 'promotion.coupon': coupon },
  discount: { customer, 'source.coupon': coupon, promotion_code: promotionCode },
  'discount of a session': { coupon, promotion_code: promotionCode },
  'amount of a discount': { discount },
  price: { product },
  invoice: {
    customer,
    test_clock: testClock,
    discounts: discount,
    total_discount_amounts: { kind: 'inline', to: 'amount of a discount' },
    default_payment_method: paymentMethod,
    payments: { kind: 'included', to: 'list of invoice_payment', make: (ctx, { id }) => paymentsOf(ctx, id) },
    confirmation_secret: {
      kind: 'included',
      to: 'nothing',
      make: (ctx, { id }) => confirmationSecretOf(ctx, id),
    },
  },
  invoiceitem: { customer, invoice, discounts: discount },
  invoice_payment: { invoice, 'payment.payment_intent': paymentIntent },
};

type Step = { path: string[]; field: Field };

// Stripe's own limit.
const DEEPEST = 4;

const notExpandable = (path: string) =>
  invalidRequest(
    `This property cannot be expanded (${path}). You may want to try expanding 'data.${path}' instead, if you are expanding a list.`,
    { param: 'expand' },
  );

const listed = (kind: string): string | null => /^list of (.+)$/.exec(kind)?.[1] ?? null;

/** The steps from one kind of object along a dotted path, or Stripe's refusal of the path. */
const walk = (kind: string, segments: string[], whole: string): Step[] => {
  if (segments.length === 0) return [];
  const element = listed(kind);
  if (element !== null) {
    if (segments[0] !== 'data') throw notExpandable(whole);
    return [
      { path: ['data'], field: { kind: 'inline', to: element } },
      ...walk(element, segments.slice(1), whole),
    ];
  }
  const fields = expandable[kind] ?? {};
  for (let length = segments.length; length > 0; length -= 1) {
    const field = fields[segments.slice(0, length).join('.')];
    if (field !== undefined) {
      return [{ path: segments.slice(0, length), field }, ...walk(field.to, segments.slice(length), whole)];
    }
  }
  throw notExpandable(whole);
};

/** Reads what is to be expanded before anything is done, so that a wrong path changes nothing. */
export const readExpansions = (kind: string, paths: unknown): Step[][] => {
  if (paths === undefined) return [];
  if (!Array.isArray(paths)) throw invalidRequest('Invalid array', { param: 'expand' });
  return paths.map((path: unknown) => {
    const segments = String(path).split('.');
    if (segments.length > DEEPEST) {
      throw invalidRequest(
        `You cannot expand more than ${DEEPEST} levels of a property. Property: ${String(path)}`,
        { code: 'property_expansion_max_depth', param: 'expand' },
      );
    }
    return walk(kind, segments, String(path));
  });
};

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

const follow = (ctx: Context, node: Node, [step, ...rest]: Step[]): void => {
  if (step === undefined) return;
  const leaf = step.path.at(-1) ?? '';
  const owner = step.path.slice(0, -1).reduce<unknown>((at, key) => (isNode(at) ? at[key] : undefined), node);
  if (!isNode(owner)) return;
  if (step.field.kind === 'included' && owner[leaf] === undefined) {
    owner[leaf] = structuredClone(step.field.make(ctx, { id: String(node['id']) }));
  }
  const { field } = step;
  const found = (id: unknown): unknown =>
    field.kind === 'reference' && typeof id === 'string' ? structuredClone(field.find(ctx, id) ?? id) : id;
  owner[leaf] = Array.isArray(owner[leaf]) ? owner[leaf].map(found) : found(owner[leaf]);
  const value = owner[leaf];
  for (const next of Array.isArray(value) ? value : [value]) if (isNode(next)) follow(ctx, next, rest);
};

/** A copy of the answer with the asked-for objects in place of their ids. */
export const expand = (ctx: Context, answer: object | List<unknown>, expansions: Step[][]): object => {
  if (expansions.length === 0) return answer;
  const copy = structuredClone(answer) as Node;
  for (const steps of expansions) follow(ctx, copy, steps);
  return copy;
};
