import type { Balance } from '../objects';
import { get, type Operation } from '../operations';
import { shape } from '../params';
import type { Context } from '../world';
import { atThisHour } from './balance-transactions';

/** The money that came in, by currency: what may be paid out, and what is still on its way. */
const balance = (ctx: Context): Balance => {
  const sums = { available: new Map([['usd', 0]]), pending: new Map([['usd', 0]]) };
  for (const transaction of ctx.store.balance_transactions.oldestFirst()) {
    const { currency, net, status } = atThisHour(ctx, transaction);
    const sum = status === 'available' ? sums.available : sums.pending;
    sum.set(currency, (sum.get(currency) ?? 0) + net);
  }
  const shown = (sum: Map<string, number>) =>
    [...sum].map(([currency, amount]) => ({ amount, currency, source_types: { card: amount } }));
  return {
    object: 'balance',
    available: shown(sums.available),
    livemode: false,
    pending: shown(sums.pending),
  };
};

export const balances: Operation[] = [get('/v1/balance', 'balance', shape({}), (ctx) => balance(ctx))];
