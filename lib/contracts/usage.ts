import { z } from 'zod';

import { daysFrom } from '@/lib/domain/local-date';
import { USAGE_GRAINS, USAGE_PRESETS, USAGE_SPLITS, usageSplitOf } from '@/lib/domain/usage';

import { CreditsField, InstantField } from './amounts';
import { LocalDateField, TimeZoneField } from './dates';

export const MOST_USAGE_DAYS = 400;
const MOST_DAYS_BY_HOUR = 31;

/** `a,b,c`; an empty name stands for charges that name none. */
const ListField = z
  .string()
  .max(4_000)
  .transform((names) => names.split(','));

export const usageFilters = {
  /** Only of these services. */
  services: ListField.optional(),
  /** Only by these API keys. */
  apiKeyIds: ListField.pipe(z.array(z.union([z.uuid(), z.literal('')]))).optional(),
};

type Range = { from?: string | undefined; to?: string | undefined };
const isForward = ({ from, to }: Range) => from === undefined || to === undefined || from <= to;
const BACKWARD = { path: ['to'], message: 'The last day is before the first.' };
const lengthOf = ({ from, to, days = 0 }: Range & { days?: number }) =>
  from === undefined || to === undefined ? days : daysFrom(from, to);
const isShort = (range: Range) => lengthOf(range) <= MOST_USAGE_DAYS;
const TOO_LONG = { path: ['to'], message: `Choose at most ${MOST_USAGE_DAYS} days.` };
const fitsGrain = ({ grain, ...range }: Range & { grain?: string | undefined; days?: number }) =>
  grain !== 'hour' || lengthOf(range) <= MOST_DAYS_BY_HOUR;
const TOO_FINE = { path: ['grain'], message: `Choose at most ${MOST_DAYS_BY_HOUR} days to see hours.` };

export const UsageQuery = z
  .strictObject({
    /** Both included, as days of `timeZone`. */
    from: LocalDateField,
    to: LocalDateField,
    timeZone: TimeZoneField.default('UTC'),
    grain: z.enum(USAGE_GRAINS).default('day'),
    by: z.enum(USAGE_SPLITS).default('service'),
    /** By which key of their metadata, where charges are split by metadata. */
    metadataKey: z.string().min(1).max(100).optional(),
    ...usageFilters,
  })
  .refine(isForward, BACKWARD)
  .refine(isShort, TOO_LONG)
  .refine(fitsGrain, TOO_FINE)
  .refine(({ by, metadataKey }) => (by === 'metadata') === (metadataKey !== undefined), {
    path: ['metadataKey'],
    message: 'Name a key of the metadata to split by metadata, and none otherwise.',
  });
export type UsageQuery = z.output<typeof UsageQuery>;

/** What the page's address says: the last `days`, today included, or the days from one to another. */
export const UsagePageQuery = z
  .strictObject({
    days: z.coerce
      .number()
      .pipe(z.literal(USAGE_PRESETS, 'Choose one of the ranges, or a first and a last day.'))
      .default(30),
    from: LocalDateField.optional(),
    to: LocalDateField.optional(),
    /** The account's own, where none is said. */
    timeZone: TimeZoneField.optional(),
    /** What suits so many days, where none is said. */
    grain: z.enum(USAGE_GRAINS).optional(),
    /** `service`, `key`, `member`, or `metadata:project` for what was given under `project`. */
    by: z
      .string()
      .refine((name) => usageSplitOf(name) !== null, 'This is nothing that usage is split by.')
      .default('service'),
    ...usageFilters,
  })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), {
    path: ['to'],
    message: 'Choose a first and a last day.',
  })
  .refine(isForward, BACKWARD)
  .refine(isShort, TOO_LONG)
  .refine(fitsGrain, TOO_FINE);
export type UsagePageQuery = z.output<typeof UsagePageQuery>;

const sums = {
  /** Charges made. */
  count: z.int(),
  /** What they took. */
  used: CreditsField,
  /** What was given back in that time, of charges then or before. */
  returned: CreditsField,
  /** How long the work was, where its price was by time. */
  durationMs: z.int(),
};

/** `spent` is `used` less `returned`; `average` is what one charge took, null where there was none. */
export const UsageTotals = z.object({
  ...sums,
  spent: CreditsField,
  average: CreditsField.nullable(),
});
export type UsageTotals = z.output<typeof UsageTotals>;

const HundredthsOfPercent = z.int();

export const UsageGroup = z.object({
  /** The service, the API key's id or the metadata's value; null where none was said, or for the rest. */
  name: z.string().nullable(),
  /** All beyond the fifty names that used most. */
  isRest: z.boolean(),
  totals: UsageTotals,
  before: UsageTotals,
  /** Of all that was used; shares add up to 10,000. */
  share: HundredthsOfPercent,
  /** Of what was used, against the period before; null where there was nothing before. */
  change: HundredthsOfPercent.nullable(),
});
export type UsageGroup = z.output<typeof UsageGroup>;

/** An hour, day, week or month, cut at the ends of the range. */
export const UsagePeriod = z.object({
  startsAt: InstantField,
  /** What the clock in the zone says then, `2026-11-22T00:00`: to be shown, so that all who look see the same days. */
  localStart: z.string(),
  endsAt: InstantField,
  ...sums,
  /** Those groups that have some in it, by their place in `groups`. */
  groups: z.array(z.object({ group: z.int(), ...sums })),
});
export type UsagePeriod = z.output<typeof UsagePeriod>;

/** Usage of some days, exact as of an instant. Groups and periods each add up to `totals`. */
export const Usage = z.object({
  from: LocalDateField,
  to: LocalDateField,
  timeZone: z.string(),
  grain: z.enum(USAGE_GRAINS),
  by: z.enum(USAGE_SPLITS),
  totals: UsageTotals,
  /** As many days, just before `from`. */
  before: UsageTotals,
  change: HundredthsOfPercent.nullable(),
  /** Most used first, the rest last. */
  groups: z.array(UsageGroup),
  /** All of the range without a gap, in order. */
  periods: z.array(UsagePeriod),
  asOf: InstantField,
});
export type Usage = z.output<typeof Usage>;
