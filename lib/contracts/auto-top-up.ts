import { z } from 'zod';

import {
  type AutoTopUpSettings,
  CHARGE_REASONS,
  PAUSE_REASONS,
  WAIT_REASONS,
} from '@/lib/domain/auto-top-up';

import { CentsField, CreditsField, InstantField } from './amounts';

const Settings = z.object({
  threshold: CreditsField,
  size: z.discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('target'), target: CreditsField }),
    z.strictObject({ mode: z.literal('amount'), amountCents: CentsField }),
  ]),
  monthlyLimitCents: CentsField,
}) satisfies z.ZodType<AutoTopUpSettings>;

const MOST_TEXT = 4_000;

export const SetAutoTopUp = z.strictObject({
  ...Settings.shape,
  enabled: z.boolean(),
  /** Stripe's id; null: the default card, whichever that is. */
  paymentMethod: z.string().min(1).max(255).nullable(),
  /** What was agreed to, word for word. */
  textShown: z.string().min(1).max(MOST_TEXT),
});
export type SetAutoTopUp = z.output<typeof SetAutoTopUp>;

/** The number of the record of consent. */
export const AutoTopUpSet = z.object({ version: z.string() });

const Agreed = z.object({ ...Settings.shape, enabled: z.boolean(), paymentMethod: z.string().nullable() });

/** One change of the rule: who agreed, when, from where, and to what. */
const ConsentShown = z.object({
  version: z.string(),
  by: z.string().nullable(),
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  textShown: z.string(),
  before: Agreed.nullable(),
  after: Agreed,
  createdAt: InstantField,
});

const Because = z.enum([...CHARGE_REASONS, ...WAIT_REASONS]);
/** A sentence with its instants apart: whoever shows it knows the reader's zone. */
const SentenceField = z.array(z.union([z.object({ text: z.string() }), z.object({ at: InstantField })]));

/** What would be decided at this moment, and why. */
const Now = z.object({
  kind: z.enum(['charge', 'wait']),
  because: Because,
  until: InstantField.nullable(),
  said: SentenceField,
});

const WorstCase = z.object({
  perChargeCents: CentsField,
  /** In any 24 hours; null where only the monthly limit bounds it. */
  chargesPerDay: z.string().nullable(),
  perDayCents: CentsField,
  perMonthCents: CentsField,
  sentence: z.string(),
});

/** One line of the flight recorder. */
const RecordShown = z.object({
  seq: z.string(),
  because: Because,
  said: SentenceField,
  firstAt: InstantField,
  lastAt: InstantField,
  count: z.string(),
});

/** When the card is charged next: about then, or why it is not foreseen. */
const NextCharge = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('charge'), at: InstantField, priceCents: CentsField, credits: CreditsField }),
  z.object({ kind: z.literal('wait') }),
  z.object({ kind: z.literal('unknown') }),
  z.object({ kind: z.literal('far') }),
]);

/** An account's rule, what a decision looks at now, and how it came to this. The newest of each list first. */
export const AutoTopUp = z.object({
  rule: Agreed.extend({
    paused: z.enum(PAUSE_REASONS).nullable(),
    pausedAt: InstantField.nullable(),
  }).nullable(),
  facts: z.object({
    asOf: InstantField,
    available: CreditsField,
    inFlight: CreditsField,
    isLive: z.boolean(),
    lastAutoTopUpAt: InstantField.nullable(),
    chargedThisMonth: CentsField,
    declines: z.object({ count: z.int(), lastAt: InstantField }).nullable(),
    isRestricted: z.boolean(),
  }),
  now: Now,
  next: NextCharge.nullable(),
  /** The rule in one sentence; null until one was set. */
  sentence: z.string().nullable(),
  worstCase: WorstCase.nullable(),
  consents: z.array(ConsentShown),
  records: z.array(RecordShown),
});
export type AutoTopUp = z.output<typeof AutoTopUp>;

/** The card that is charged. unknown: Stripe did not answer. */
export const ChargedCard = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['ok', 'expired']),
    brand: z.string(),
    last4: z.string(),
    expMonth: z.int(),
    expYear: z.int(),
  }),
  z.object({ kind: z.literal('missing') }),
  z.object({ kind: z.literal('unknown') }),
]);
export type ChargedCard = z.output<typeof ChargedCard>;

export const REPLAY_DAYS = { least: 1, usual: 60, most: 90 };
const Days = z.coerce.number().int().min(REPLAY_DAYS.least).max(REPLAY_DAYS.most).default(REPLAY_DAYS.usual);

export const LivedQuery = z.strictObject({ days: Days });
export type LivedQuery = z.output<typeof LivedQuery>;

/** What an account did, oldest first, without its automatic top-ups: enough to live it again under another rule. */
export const Lived = z.object({
  from: InstantField,
  to: InstantField,
  available: CreditsField,
  events: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('debit'),
        at: InstantField,
        amount: CreditsField,
        shortfall: z.enum(['refuse', 'pending_payment', 'negative']),
      }),
      z.object({ kind: z.literal('credit'), at: InstantField, amount: CreditsField }),
    ]),
  ),
  /** Whether each charge stands for itself; otherwise those of a quarter of an hour are one. */
  isExact: z.boolean(),
  /** What was charged by automatic top-ups as it really was. */
  charged: z.object({ count: z.int(), totalCents: CentsField }),
});
export type Lived = z.output<typeof Lived>;
