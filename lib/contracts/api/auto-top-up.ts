import { z } from 'zod';

import { CHARGE_REASONS, PAUSE_REASONS, WAIT_REASONS } from '@/lib/domain/auto-top-up';

import { REPLAY_DAYS } from '../auto-top-up';
import { CreditsText, InstantText } from './fields';

const CentsText = z.string().regex(/^[1-9]\d{0,11}$/, 'must be a whole number of cents, as digits');
const WantedCredits = z
  .string()
  .regex(/^(0|[1-9]\d{0,11})(\.\d{1,6})?$/, 'must be credits, as a decimal string')
  .meta({ description: 'Credits, as a decimal string.', example: '500' });

const wantedRule = {
  threshold: WantedCredits.meta({ description: 'Buys when fewer are available.' }),
  target: WantedCredits.optional().meta({
    description: 'Fills up to this balance, where the price book does so.',
  }),
  amount_cents: CentsText.optional().meta({
    description: 'Buys for this much each time, where the price book does so.',
  }),
  monthly_limit_cents: CentsText.meta({ description: 'The most of a calendar month, UTC, before tax.' }),
};
const EXAMPLE = { threshold: '500', target: '2000', monthly_limit_cents: '10000' };
const hasOneSize = (given: { target?: string | undefined; amount_cents?: string | undefined }) =>
  (given.target === undefined) !== (given.amount_cents === undefined);
const ONE_SIZE = { message: 'names either target or amount_cents' };

/** A rule as it is wanted, whole: what is left out is not kept from the last one. */
export const AutoTopUpRequest = z
  .strictObject({
    enabled: z.boolean(),
    ...wantedRule,
    payment_method: z
      .string()
      .regex(/^pm_\w{1,200}$/, 'is no card')
      .nullable()
      .default(null)
      .meta({ description: 'The card; null: the default card, whichever that is.' }),
  })
  .refine(hasOneSize, ONE_SIZE)
  .meta({ id: 'AutoTopUpRequest', example: { enabled: false, ...EXAMPLE } });
export type AutoTopUpRequest = z.output<typeof AutoTopUpRequest>;

const Rule = z.object({
  enabled: z.boolean(),
  threshold: CreditsText,
  target: CreditsText.nullable(),
  amount_cents: z.string().nullable(),
  monthly_limit_cents: z.string(),
  payment_method: z.string().nullable(),
  paused: z
    .enum(PAUSE_REASONS)
    .nullable()
    .meta({ description: 'Why nothing is charged until the customer has done something.' }),
  paused_at: InstantText.nullable(),
});

/** The rule, what it comes to, and why it charges now or does not. */
export const AutoTopUpAnswer = z
  .object({
    state: z.enum(['off', 'on', 'paused']),
    rule: Rule.nullable().meta({ description: 'Null until one was set.' }),
    agreed_text: z
      .string()
      .nullable()
      .meta({ description: 'What was last agreed to, word for word, as it is kept and mailed.' }),
    worst_case: z
      .object({
        per_charge_cents: z.string(),
        charges_per_day: z.string().nullable(),
        per_day_cents: z.string(),
        per_month_cents: z.string(),
        sentence: z.string(),
      })
      .nullable(),
    card: z
      .object({
        state: z.enum(['ok', 'expired', 'missing', 'unknown']),
        brand: z.string().nullable(),
        last4: z.string().nullable(),
      })
      .meta({ description: 'The card that is charged; unknown while Stripe does not answer.' }),
    now: z
      .object({
        charges: z.boolean(),
        because: z.enum([...CHARGE_REASONS, ...WAIT_REASONS]),
        until: InstantText.nullable().meta({ description: 'When time alone will have lifted it.' }),
        sentence: z.string().meta({ description: 'For people; instants are in UTC.' }),
      })
      .meta({ description: 'What would be decided at this moment, and why.' }),
    next_charge_at: InstantText.nullable().meta({
      description: 'About, if the pace of the last seven days holds.',
    }),
    charged_this_month_cents: z.string(),
    as_of: InstantText,
  })
  .meta({ id: 'AutoTopUp' });

/** A rule to be tried on what the account did. */
export const AutoTopUpReplayRequest = z
  .strictObject({
    days: z.int().min(REPLAY_DAYS.least).max(REPLAY_DAYS.most).default(REPLAY_DAYS.usual),
    ...wantedRule,
  })
  .refine(hasOneSize, ONE_SIZE)
  .meta({ id: 'AutoTopUpReplayRequest', example: { days: 30, ...EXAMPLE } });

/** What would have happened, had the rule been on and every payment come. */
export const AutoTopUpReplayAnswer = z
  .object({
    from: InstantText,
    to: InstantText,
    is_exact: z.boolean().meta({
      description: 'False where very much was done: the charges of a quarter of an hour count as one.',
    }),
    charges: z.array(z.object({ at: InstantText, price_cents: z.string(), credits: CreditsText })),
    total_cents: z.string(),
    lowest_balance: CreditsText,
    average_balance: CreditsText,
    seconds_without_credits: z.int(),
    refused: z.int().meta({ description: 'Requests that would have been refused.' }),
    waited: z.int().meta({ description: 'Work that would have waited for credits.' }),
    as_it_was: z.object({ charges: z.int(), total_cents: z.string() }),
  })
  .meta({ id: 'AutoTopUpReplay' });
