import { invalidRequest, noSuch } from '../errors';
import { emit, emitUpdate } from '../events';
import { newId, randomText } from '../ids';
import { known } from '../known';
import { dated, page } from '../lists';
import type { Customer } from '../objects';
import { del, get, post, type Operation } from '../operations';
import {
  address,
  email,
  integer,
  listOf,
  mergeMetadata,
  metadata,
  oneOf,
  required,
  shape,
  text,
} from '../params';
import { unmodelled, unset, type Read } from '../params';
import type { Context } from '../world';
import { moveBalance, recordBalance } from './customer-balance-transactions';
import { createTaxId, readTaxId } from './tax-ids';

const fields = {
  address: unset(address()),
  description: unset(text()),
  email: unset(email()),
  invoice_prefix: text(),
  invoice_settings: shape({
    custom_fields: unset(listOf(shape({ name: required(text()), value: required(text()) }))),
    default_payment_method: unset(text()),
    footer: unset(text()),
    ...unmodelled('rendering_options'),
  }),
  metadata: metadata(),
  name: unset(text({ max: 256 })),
  next_invoice_sequence: integer({ min: 1 }),
  phone: unset(text({ max: 20 })),
  preferred_locales: unset(listOf(text())),
  shipping: unset(shape({ address: required(address()), name: required(text()), phone: text() })),
  tax: shape({ validate_location: oneOf('deferred', 'immediately', 'auto'), ip_address: unset(text()) }),
  tax_exempt: unset(oneOf('none', 'exempt', 'reverse')),
  balance: integer(),
  business_name: unset(text({ max: 150 })),
  individual_name: unset(text({ max: 150 })),
  ...unmodelled('cash_balance', 'source', 'validate'),
};
const creation = shape({
  ...fields,
  tax_id_data: listOf(shape({ type: required(text()), value: required(text()) })),
  test_clock: text(),
  ...unmodelled('payment_method'),
});
const change = shape({ ...fields, ...unmodelled('default_source') });

export const emptyAddress = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

/** The customer, or Stripe's refusal to go on without one. */
export const knownCustomer = (ctx: Context, id: string, param = 'customer'): Customer =>
  known(ctx.store.customers, 'customer', id, param);

/** The names of a business and of a person are there when they are known, and nowhere else. */
const named = (field: 'business_name' | 'individual_name', name: string | null | undefined) =>
  name === undefined ? {} : { [field]: name ?? undefined };

const withChanges = (ctx: Context, customer: Customer, params: Read<typeof change>): Customer => {
  const defaultMethod = params.invoice_settings?.default_payment_method;
  if (typeof defaultMethod === 'string') {
    const method = ctx.store.payment_methods.get(defaultMethod);
    const param = 'invoice_settings[default_payment_method]';
    if (method === null) throw noSuch('PaymentMethod', defaultMethod, param);
    if (method.customer !== customer.id) {
      throw invalidRequest(
        `The customer does not have a payment method with the ID ${defaultMethod}. The payment method must be attached to the customer.`,
        { code: 'resource_missing', param },
      );
    }
  }
  const located = params.address === undefined ? customer.address : params.address;
  if (params.tax?.validate_location === 'immediately' && typeof located?.country !== 'string') {
    throw invalidRequest(
      "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
      { code: 'customer_tax_location_invalid', param: 'tax[validate_location]' },
    );
  }
  const settings = params.invoice_settings ?? {};
  return {
    ...customer,
    ...(params.address === undefined
      ? {}
      : { address: params.address === null ? null : { ...emptyAddress, ...params.address } }),
    ...named('business_name', params.business_name),
    ...named('individual_name', params.individual_name),
    ...(params.description === undefined ? {} : { description: params.description }),
    ...(params.email === undefined ? {} : { email: params.email }),
    ...(params.invoice_prefix === undefined ? {} : { invoice_prefix: params.invoice_prefix }),
    invoice_settings: { ...customer.invoice_settings, ...settings },
    metadata: mergeMetadata(customer.metadata, params.metadata),
    ...(params.name === undefined ? {} : { name: params.name }),
    ...(params.next_invoice_sequence === undefined
      ? {}
      : { next_invoice_sequence: params.next_invoice_sequence }),
    ...(params.phone === undefined ? {} : { phone: params.phone }),
    ...(params.preferred_locales === undefined ? {} : { preferred_locales: params.preferred_locales ?? [] }),
    ...(params.shipping === undefined
      ? {}
      : {
          shipping:
            params.shipping === null
              ? null
              : { ...params.shipping, address: { ...emptyAddress, ...params.shipping.address } },
        }),
    ...(params.tax_exempt === undefined ? {} : { tax_exempt: params.tax_exempt ?? 'none' }),
  };
};

export const createCustomer = (ctx: Context, params: Read<typeof creation>): Customer => {
  const { tax_id_data: given = [], test_clock: clock, ...changes } = params;
  if (clock !== undefined) known(ctx.store.test_clocks, 'test clock', clock, 'test_clock');
  const taxIds = given.map((taxId, index) => readTaxId(taxId, `tax_id_data[${index}]`));
  const blank: Customer = {
    id: newId('customer'),
    object: 'customer',
    address: null,
    balance: 0,
    created: ctx.clock.seconds(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_credit_balance: {},
    invoice_prefix: randomText(8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: clock ?? null,
  };
  const { balance = 0 } = params;
  const customer = ctx.store.customers.put({ ...withChanges(ctx, blank, changes), balance });
  if (balance !== 0) recordBalance(ctx, customer, { amount: balance, currency: 'usd', type: 'initial' });
  emit(ctx, 'customer.created', customer);
  for (const taxId of taxIds) createTaxId(ctx, customer, taxId);
  return customer;
};

/** Keeps what changed and tells of it; nothing happens when nothing changed. */
export const keepCustomer = (ctx: Context, before: Customer, after: Customer): Customer => {
  const kept = ctx.store.customers.put(after);
  emitUpdate(ctx, 'customer.updated', before, kept);
  return kept;
};

/** A balance that is set is moved there, so that its history adds up. */
const movedTo = (ctx: Context, customer: Customer, balance: number): Customer => {
  if (balance === customer.balance) return customer;
  const currency = customer.currency ?? 'usd';
  moveBalance(ctx, customer, { amount: balance - customer.balance, currency, type: 'adjustment' });
  return knownCustomer(ctx, customer.id);
};

const retrieveCustomer = (ctx: Context, id: string): object => {
  const gone = ctx.store.deleted.get(id);
  return gone === null ? knownCustomer(ctx, id, 'id') : { id, object: 'customer', deleted: true };
};

export const deleteCustomer = (ctx: Context, id: string): object => {
  const customer = knownCustomer(ctx, id, 'id');
  const cards = [...ctx.store.payment_methods.oldestFirst(undefined, { by: 'customer', is: id })];
  for (const method of cards) ctx.store.payment_methods.put({ ...method, customer: null });
  const numbers = [...ctx.store.tax_ids.oldestFirst(undefined, { by: 'customer', is: id })];
  for (const taxId of numbers) ctx.store.tax_ids.remove(taxId.id);
  ctx.store.customers.remove(id);
  ctx.store.deleted.put({ id, created: ctx.clock.seconds(), object: 'customer' });
  emit(ctx, 'customer.deleted', customer);
  return { id, object: 'customer', deleted: true };
};

export const customers: Operation[] = [
  post('/v1/customers', 'customer', creation, createCustomer),
  get(
    '/v1/customers',
    'list of customer',
    shape({ ...dated, email: text(), test_clock: text() }),
    (ctx, params) =>
      page(ctx.store.customers, {
        url: '/v1/customers',
        kind: 'customer',
        params,
        among: { email: params.email, test_clock: params.test_clock },
        where: (customer) =>
          (params.email === undefined || customer.email === params.email) &&
          (customer.test_clock ?? undefined) === params.test_clock,
      }),
  ),
  get('/v1/customers/:id', 'customer', shape({}), (ctx, _params, { id }) => retrieveCustomer(ctx, id)),
  post('/v1/customers/:id', 'customer', change, (ctx, params, { id }) => {
    const customer = knownCustomer(ctx, id, 'id');
    const { balance = customer.balance } = params;
    const after = keepCustomer(ctx, customer, withChanges(ctx, customer, params));
    return movedTo(ctx, after, balance);
  }),
  del('/v1/customers/:id/discount', 'discount', shape({}), (ctx, _params, { id }) => {
    // No operation of this version gives a customer a discount of their own.
    throw noSuch('discount for customer', knownCustomer(ctx, id, 'id').id);
  }),
  del('/v1/customers/:id', 'customer', shape({}), (ctx, _params, { id }) => deleteCustomer(ctx, id)),
];
