import { randomUUID } from 'node:crypto';

import { PaygCheckoutAnswer, PaygCheckoutRequest } from '@/lib/contracts/api/billing';
import { PoolsAnswer } from '@/lib/contracts/api/pools';
import { MultipliersAnswer, PaygInfoAnswer } from '@/lib/contracts/api/pricing';
import { UsageRecordsAnswer, UsageRecordsQuery } from '@/lib/contracts/api/usage-record';
import type { UsageEvent } from '@/lib/contracts/usage-events';
import { credits } from '@/lib/domain/credits';
import type { Metadata } from '@/lib/services/meter-ctx';
import { startCheckout } from '@/lib/services/start-checkout';
import { readPools } from '@/lib/views/pools';
import { readMultipliers, readSale } from '@/lib/views/pricing';
import { readUsageEvents } from '@/lib/views/usage-events';

import { endpoint } from '../endpoint';
import { centsOfNumber, numberOfCents, numberOfCredits } from '../numbers';
import { stableUuid } from '../stable-uuid';
import { topUpIdOf } from '../top-up-id';

export const getCredits = endpoint({
  method: 'get',
  path: '/credits',
  tag: 'Credits',
  summary: 'What the account has, by where it came from',
  scope: 'read',
  answer: PoolsAnswer,
  run: async (ctx) => {
    const pools = await readPools(ctx);
    return {
      answer: {
        credits_balance: numberOfCredits(pools.allowance),
        payg_balance: numberOfCredits(pools.rest),
        total_available_credits: numberOfCredits(pools.available),
        last_reset_at: pools.lastResetAt?.toISOString() ?? null,
        total_credits_used: numberOfCredits(pools.used),
        total_payg_credits_purchased: numberOfCredits(pools.purchased),
        next_reset_date: pools.nextResetAt?.toISOString() ?? null,
        credits_per_month: numberOfCredits(pools.perMonth),
      },
    };
  },
});

export const listUsageRecords = endpoint({
  method: 'get',
  path: '/credits/usage',
  tag: 'Credits',
  summary: 'Charges, newest first',
  description:
    'A plain list. Where there is more, the header `Link: <?…>; rel="next"` leads to it; charges that come meanwhile move no later page.',
  scope: 'read',
  query: UsageRecordsQuery,
  answer: UsageRecordsAnswer,
  run: async (ctx, { query }) => {
    const { limit, cursor } = query;
    const { events, nextBefore } = await readUsageEvents(ctx, { limit, before: cursor });
    const ofAccount = stableUuid('account', ctx.accountId);
    const answer = events.map((event) => ({
      id: stableUuid('entry', ctx.accountId, event.seq),
      user_credits_id: ofAccount,
      credits_used: numberOfCredits(credits(event.amount - event.returned)),
      service_type: event.service ?? '',
      audio_duration: event.durationMs / 1_000,
      credit_source: sourceOf(event),
      created_at: event.createdAt.toISOString(),
      usage_metadata: givenIn(event),
    }));
    return { answer, nextPage: nextBefore === null ? null : nextPageOf(limit, nextBefore) };
  },
});

const sourceOf = ({ paidBy }: UsageEvent) =>
  paidBy.length > 0 && paidBy.every((kind) => kind === 'allowance')
    ? ('subscription' as const)
    : ('payg' as const);

/** What the caller wrote beside the charge; what we wrote there ourselves is not theirs. */
const givenIn = ({ metadata }: UsageEvent) => (metadata?.['given'] ?? {}) as Metadata;

const nextPageOf = (limit: number, cursor: string) => new URLSearchParams({ limit: `${limit}`, cursor });

export const getMultipliers = endpoint({
  method: 'get',
  path: '/credits/multipliers',
  tag: 'Credits',
  summary: 'What a unit of each service costs',
  scope: 'read',
  answer: MultipliersAnswer,
  run: async () => ({
    answer: Object.fromEntries([...readMultipliers()].map(([name, cost]) => [name, numberOfCredits(cost)])),
  }),
});

export const getPaygInfo = endpoint({
  method: 'get',
  path: '/credits/payg/info',
  tag: 'Credits',
  summary: 'How credits are bought',
  scope: 'read',
  answer: PaygInfoAnswer,
  run: async () => {
    const { perDollar, least, most, currency } = readSale();
    return {
      answer: {
        credits_per_dollar: numberOfCredits(perDollar),
        min_amount_usd: numberOfCents(least),
        max_amount_usd: numberOfCents(most),
        currency: currency.toUpperCase(),
      },
    };
  },
});

export const createPaygCheckout = endpoint({
  method: 'post',
  path: '/credits/payg/create-checkout-session',
  tag: 'Billing',
  summary: 'Buy credits for an amount of money',
  description:
    'Answers with the page where it is paid. With an Idempotency-Key, a repeat leads to the same page; without one, each call opens another.',
  scope: 'billing',
  takesKey: true,
  body: PaygCheckoutRequest,
  answer: PaygCheckoutAnswer,
  run: async (ctx, { body, idempotencyKey }) => {
    const { page, isReplay, ...bought } = await startCheckout(ctx, {
      id: idempotencyKey === null ? randomUUID() : topUpIdOf(ctx, idempotencyKey),
      wanted: { amount: centsOfNumber(body.amount_usd), param: 'amount_usd' },
    });
    return {
      answer: {
        session_id: page.session,
        credits_to_receive: numberOfCredits(bought.credits),
        amount_usd: numberOfCents(bought.price),
        url: page.url,
        expires_at: page.expiresAt?.toISOString() ?? null,
      },
      isReplay,
    };
  },
});
