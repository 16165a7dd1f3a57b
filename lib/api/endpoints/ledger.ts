import { CreditsBalanceAnswer, HistoryPage, HistoryQuery } from '@/lib/contracts/api/credits';
import { PricedBalanceAnswer } from '@/lib/contracts/api/pricing';
import { TransactionsPage, TransactionsQuery } from '@/lib/contracts/api/transaction';
import type { ApiCtx } from '@/lib/http/api-context';
import { readBalance } from '@/lib/views/balance';
import { readCreditHistory } from '@/lib/views/credit-history';
import { readPricing } from '@/lib/views/pricing';
import { readTransactions } from '@/lib/views/transactions';

import { endpoint } from '../endpoint';
import { numberOfCents, numberOfCredits } from '../numbers';
import { toListedPrice } from '../price-list';

async function balanceOf(ctx: ApiCtx) {
  const { total, available, held, asOf } = await readBalance(ctx);
  return {
    balance: numberOfCredits(total),
    available: numberOfCredits(available),
    held: numberOfCredits(held),
    as_of: asOf.toISOString(),
  };
}

export const getCreditsBalance = endpoint({
  method: 'get',
  path: '/credits/balance',
  tag: 'Credits',
  summary: 'What the account has',
  scope: 'read',
  answer: CreditsBalanceAnswer,
  run: async (ctx) => ({ answer: await balanceOf(ctx) }),
});

export const getCreditsHistory = endpoint({
  method: 'get',
  path: '/credits/history',
  tag: 'Credits',
  summary: 'The ledger, newest first, by limit and offset',
  scope: 'read',
  query: HistoryQuery,
  answer: HistoryPage,
  run: async (ctx, { query }) => {
    const { lines, total } = await readCreditHistory(ctx, query);
    const data = lines.map((line) => ({
      id: line.seq,
      type: line.type,
      delta: numberOfCredits(line.delta),
      asset_id: line.chargeOf,
      grant_id: line.grantId,
      stripe_invoice_id: line.stripeInvoiceId,
      created_at: line.createdAt.toISOString(),
    }));
    return { answer: { data, total, ...query } };
  },
});

export const getBalance = endpoint({
  method: 'get',
  path: '/balance',
  tag: 'Credits',
  summary: 'What the account has, and what things cost',
  scope: 'read',
  answer: PricedBalanceAnswer,
  run: async (ctx) => {
    const { currency, rate, welcome, services } = readPricing();
    const pricing = {
      currency,
      rate: { credits: numberOfCredits(rate.creditUnits), price: numberOfCents(rate.priceCents) },
      welcome_bonus: numberOfCredits(welcome),
      services: Object.fromEntries(
        Object.entries(services).map(([name, service]) => [name, toListedPrice(service)]),
      ),
    };
    return { answer: { ...(await balanceOf(ctx)), pricing } };
  },
});

export const listTransactions = endpoint({
  method: 'get',
  path: '/usage',
  tag: 'Credits',
  summary: 'The transaction log, newest first',
  scope: 'read',
  query: TransactionsQuery,
  answer: TransactionsPage,
  run: async (ctx, { query }) => {
    const { transactions, nextCursor } = await readTransactions(ctx, query);
    const data = transactions.map(({ id, type, delta, balanceAfter, reference, service, createdAt }) => ({
      id,
      type,
      credits: numberOfCredits(delta),
      balance_after: numberOfCredits(balanceAfter),
      reference,
      service,
      created_at: createdAt.toISOString(),
    }));
    return { answer: { data, next_cursor: nextCursor } };
  },
});
