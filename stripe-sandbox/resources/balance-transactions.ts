import { newId } from '../ids';
import { known } from '../known';
import { dated, page } from '../lists';
import type { BalanceTransaction } from '../objects';
import { get, type Operation } from '../operations';
import { shape, text, unmodelled } from '../params';
import type { Context } from '../world';

const AVAILABLE_AFTER = 2 * 24 * 60 * 60;

export type Movement = {
  amount: number;
  currency: string;
  description?: string | null;
  fee?: { amount: number; description: string };
  source: string;
  category: 'charge' | 'refund' | 'refund_failure' | 'dispute' | 'dispute_reversal';
  type: 'charge' | 'refund' | 'refund_failure' | 'adjustment';
  isAvailable?: boolean;
};

/** Money moved: what every charge, refund and dispute leaves on the balance. */
export const move = (ctx: Context, { fee, ...movement }: Movement): BalanceTransaction => {
  const now = ctx.clock.seconds();
  return ctx.store.balance_transactions.put({
    id: newId('balance_transaction'),
    object: 'balance_transaction',
    amount: movement.amount,
    available_on: movement.isAvailable === true ? now : now + AVAILABLE_AFTER,
    balance_type: 'payments',
    created: now,
    currency: movement.currency,
    description: movement.description ?? null,
    exchange_rate: null,
    fee: fee?.amount ?? 0,
    fee_details:
      fee === undefined
        ? []
        : [{ ...fee, application: null, currency: movement.currency, type: 'stripe_fee' }],
    net: movement.amount - (fee?.amount ?? 0),
    reporting_category: movement.category,
    source: movement.source,
    status: movement.isAvailable === true ? 'available' : 'pending',
    type: movement.type,
  });
};

/** A movement as it stands now: what was pending is available once its day has come. */
export const atThisHour = ({ clock }: Context, transaction: BalanceTransaction): BalanceTransaction =>
  clock.seconds() < transaction.available_on ? transaction : { ...transaction, status: 'available' };

const knownTransaction = (ctx: Context, id: string): BalanceTransaction =>
  atThisHour(ctx, known(ctx.store.balance_transactions, 'balance transaction', id));

export const balanceTransactions: Operation[] = [
  get(
    '/v1/balance_transactions',
    'list of balance_transaction',
    shape({ ...dated, currency: text(), source: text(), type: text(), ...unmodelled('payout') }),
    (ctx, params) => {
      const found = page(ctx.store.balance_transactions, {
        url: '/v1/balance_transactions',
        kind: 'balance transaction',
        params,
        among: { source: params.source },
        where: (row) =>
          (params.source === undefined || row.source === params.source) &&
          (params.type === undefined || row.type === params.type) &&
          (params.currency === undefined || row.currency === params.currency),
      });
      return { ...found, data: found.data.map((row) => atThisHour(ctx, row)) };
    },
  ),
  get('/v1/balance_transactions/:id', 'balance_transaction', shape({}), (ctx, _params, { id }) =>
    knownTransaction(ctx, id),
  ),
];
