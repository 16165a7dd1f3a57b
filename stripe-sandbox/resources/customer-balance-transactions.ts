import { invalidRequest, noSuch } from '../errors';
import { emitUpdate } from '../events';
import { newId } from '../ids';
import { known } from '../known';
import { dated, page } from '../lists';
import type { Customer, CustomerBalanceTransaction, Metadata } from '../objects';
import { get, post, type Operation } from '../operations';
import { integer, mergeMetadata, metadata, required, shape, text, unset, type Read } from '../params';
import type { Context } from '../world';

const creation = shape({
  amount: required(integer()),
  currency: required(text()),
  description: text({ max: 350 }),
  metadata: metadata(),
});
const change = shape({ description: unset(text({ max: 350 })), metadata: metadata() });

export type BalanceMove = {
  amount: number;
  currency: string;
  type: CustomerBalanceTransaction['type'];
  creditNote?: string;
  description?: string;
  invoice?: string;
  metadata?: Metadata;
};

/** Writes down why a balance is what it is now. */
export const recordBalance = (
  ctx: Context,
  customer: Customer,
  { amount, currency, type, ...wanted }: BalanceMove,
): CustomerBalanceTransaction =>
  ctx.store.customer_balance_transactions.put({
    id: newId('customer_balance_transaction'),
    object: 'customer_balance_transaction',
    amount,
    checkout_session: null,
    created: ctx.clock.seconds(),
    credit_note: wanted.creditNote ?? null,
    currency,
    customer: customer.id,
    customer_account: null,
    description: wanted.description ?? null,
    ending_balance: customer.balance,
    invoice: wanted.invoice ?? null,
    livemode: false,
    metadata: wanted.metadata ?? {},
    type,
  });

/** Moves what a customer owes, or with a minus what is owed to them, and tells of it. */
export const moveBalance = (
  ctx: Context,
  before: Customer,
  move: BalanceMove,
): CustomerBalanceTransaction => {
  const { currency } = move;
  const customer = ctx.store.customers.put({ ...before, balance: before.balance + move.amount, currency });
  const transaction = recordBalance(ctx, customer, move);
  emitUpdate(ctx, 'customer.updated', before, customer);
  return transaction;
};

const knownOwner = (ctx: Context, id: string): Customer => known(ctx.store.customers, 'customer', id);

const create = (ctx: Context, customer: Customer, params: Read<typeof creation>) => {
  const currency = params.currency.toLowerCase();
  if (typeof customer.currency === 'string' && customer.currency !== currency) {
    throw invalidRequest(
      `The customer's balance is in ${customer.currency}, and cannot be moved in ${currency}.`,
      { param: 'currency' },
    );
  }
  return moveBalance(ctx, customer, {
    amount: params.amount,
    currency,
    type: 'adjustment',
    ...(params.description === undefined ? {} : { description: params.description }),
    metadata: mergeMetadata({}, params.metadata),
  });
};

const knownTransaction = (ctx: Context, customer: string, id: string): CustomerBalanceTransaction => {
  knownOwner(ctx, customer);
  const transaction = ctx.store.customer_balance_transactions.get(id);
  if (transaction?.customer !== customer) throw noSuch('customer balance transaction', id);
  return transaction;
};

export const customerBalanceTransactions: Operation[] = [
  post(
    '/v1/customers/:customer/balance_transactions',
    'customer_balance_transaction',
    creation,
    (ctx, params, { customer }) => create(ctx, knownOwner(ctx, customer), params),
  ),
  get(
    '/v1/customers/:customer/balance_transactions',
    'list of customer_balance_transaction',
    shape({ ...dated, invoice: text() }),
    (ctx, params, { customer }) => {
      knownOwner(ctx, customer);
      return page(ctx.store.customer_balance_transactions, {
        url: `/v1/customers/${customer}/balance_transactions`,
        kind: 'customer balance transaction',
        params,
        among: { customer },
        where: (row) =>
          row.customer === customer && (params.invoice === undefined || row.invoice === params.invoice),
      });
    },
  ),
  get(
    '/v1/customers/:customer/balance_transactions/:id',
    'customer_balance_transaction',
    shape({}),
    (ctx, _params, { customer, id }) => knownTransaction(ctx, customer, id),
  ),
  post(
    '/v1/customers/:customer/balance_transactions/:id',
    'customer_balance_transaction',
    change,
    (ctx, params, { customer, id }) => {
      const transaction = knownTransaction(ctx, customer, id);
      return ctx.store.customer_balance_transactions.put({
        ...transaction,
        ...(params.description === undefined ? {} : { description: params.description }),
        metadata: mergeMetadata(transaction.metadata ?? {}, params.metadata),
      });
    },
  ),
];
