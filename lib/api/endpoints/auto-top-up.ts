import type { z } from 'zod';

import {
  AutoTopUpAnswer,
  AutoTopUpReplayAnswer,
  AutoTopUpReplayRequest,
  AutoTopUpRequest,
} from '@/lib/contracts/api/auto-top-up';
import type { AutoTopUp } from '@/lib/contracts/auto-top-up';
import { AppError } from '@/lib/domain/app-error';
import type { AutoTopUpSettings } from '@/lib/domain/auto-top-up';
import { cents, type Credits } from '@/lib/domain/credits';
import { creditsOfDecimal, decimalOfCredits } from '@/lib/domain/decimal-credits';
import type { ApiCtx } from '@/lib/http/api-context';
import { readChargedCard } from '@/lib/services/read-charged-card';
import { type RuleWanted, setAutoTopUp } from '@/lib/services/set-auto-top-up';
import { readAutoTopUp } from '@/lib/views/auto-top-up';
import { readReplay } from '@/lib/views/replay';

import { endpoint } from '../endpoint';

export const getAutoTopUp = endpoint({
  method: 'get',
  path: '/billing/auto-top-up',
  tag: 'Billing',
  summary: 'The rule of automatic top-up',
  description: 'With the most that it can cost, and why it charges now or does not.',
  scope: 'read',
  answer: AutoTopUpAnswer,
  run: async (ctx) => ({ answer: await shown(ctx) }),
});

export const putAutoTopUp = endpoint({
  method: 'put',
  path: '/billing/auto-top-up',
  tag: 'Billing',
  summary: 'Set, change or turn off automatic top-up',
  description:
    'The whole rule; the same again changes nothing. Each change is kept with who asked for it, and mailed to the owner. ' +
    'Turned on below its threshold, it charges at once; turned on while paused, it goes on only with another card than the refused one.',
  scope: 'billing',
  body: AutoTopUpRequest,
  answer: AutoTopUpAnswer,
  run: async (ctx, { body }) => {
    await setAutoTopUp({ ...ctx, ...ctx.whence() }, wantedOf(body));
    return { answer: await shown(ctx) };
  },
});

export const replayAutoTopUp = endpoint({
  method: 'post',
  path: '/billing/auto-top-up/replay',
  tag: 'Billing',
  summary: 'Try a rule on what the account did',
  description:
    'Lives the last days again under the rule, by the very decision that charges. Nothing is set and nothing charged.',
  scope: 'read',
  body: AutoTopUpReplayRequest,
  answer: AutoTopUpReplayAnswer,
  run: async (ctx, { body }) => {
    const { lived, replayed } = await readReplay(ctx, { days: body.days, settings: settingsOf(body) });
    return {
      answer: {
        from: lived.from.toISOString(),
        to: lived.to.toISOString(),
        is_exact: lived.isExact,
        charges: replayed.charges.map(({ at, priceCents, credits }) => ({
          at: at.toISOString(),
          price_cents: `${priceCents}`,
          credits: decimalOfCredits(credits),
        })),
        total_cents: `${replayed.totalCents}`,
        lowest_balance: decimalOfCredits(replayed.lowest),
        average_balance: decimalOfCredits(replayed.average),
        seconds_without_credits: Math.ceil(replayed.atZeroMs / 1_000),
        refused: replayed.refused,
        waited: replayed.waited,
        as_it_was: { charges: lived.charged.count, total_cents: `${lived.charged.totalCents}` },
      },
    };
  },
});

const wantedOf = (body: AutoTopUpRequest): RuleWanted => ({
  ...settingsOf(body),
  enabled: body.enabled,
  paymentMethod: body.payment_method,
  textShown: null,
});

const settingsOf = (
  body: Pick<AutoTopUpRequest, 'threshold' | 'target' | 'amount_cents' | 'monthly_limit_cents'>,
): AutoTopUpSettings => ({
  threshold: creditsOf(body.threshold, 'threshold'),
  size:
    body.target === undefined
      ? { mode: 'amount', amountCents: cents(BigInt(body.amount_cents ?? 0)) }
      : { mode: 'target', target: creditsOf(body.target, 'target') },
  monthlyLimitCents: cents(BigInt(body.monthly_limit_cents)),
});

function creditsOf(text: string, param: string): Credits {
  const amount = creditsOfDecimal(text);
  if (amount === null)
    throw new AppError('invalid_input', `${param}: must be credits, as a decimal string`, { param });
  return amount;
}

/** The card first: what would be decided now depends on it. */
async function shown(ctx: ApiCtx): Promise<z.input<typeof AutoTopUpAnswer>> {
  const card = await readChargedCard(ctx);
  const read = await readAutoTopUp(ctx, { card: card.kind === 'unknown' ? 'ok' : card.kind });
  const { rule, facts, now, next, worstCase, consents } = read;
  return {
    state: stateOf(rule),
    rule: rule && ruleOf(rule),
    agreed_text: consents[0]?.textShown ?? null,
    worst_case: worstCase && {
      per_charge_cents: `${worstCase.perChargeCents}`,
      charges_per_day: worstCase.chargesPerDay,
      per_day_cents: `${worstCase.perDayCents}`,
      per_month_cents: `${worstCase.perMonthCents}`,
      sentence: worstCase.sentence,
    },
    card: {
      state: card.kind,
      brand: 'brand' in card ? card.brand : null,
      last4: 'last4' in card ? card.last4 : null,
    },
    now: {
      charges: now.kind === 'charge',
      because: now.because,
      until: now.until?.toISOString() ?? null,
      sentence: now.said.map((part) => ('text' in part ? part.text : part.at.toISOString())).join(''),
    },
    next_charge_at: next?.kind === 'charge' ? next.at.toISOString() : null,
    charged_this_month_cents: `${facts.chargedThisMonth}`,
    as_of: facts.asOf.toISOString(),
  };
}

type Rule = NonNullable<AutoTopUp['rule']>;

const stateOf = (rule: Rule | null) => {
  if (rule === null || !rule.enabled) return 'off';
  return rule.paused === null ? 'on' : 'paused';
};

const ruleOf = ({ size, ...rule }: Rule) => ({
  enabled: rule.enabled,
  threshold: decimalOfCredits(rule.threshold),
  target: size.mode === 'target' ? decimalOfCredits(size.target) : null,
  amount_cents: size.mode === 'amount' ? `${size.amountCents}` : null,
  monthly_limit_cents: `${rule.monthlyLimitCents}`,
  payment_method: rule.paymentMethod,
  paused: rule.paused,
  paused_at: rule.pausedAt?.toISOString() ?? null,
});
