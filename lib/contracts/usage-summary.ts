import { z } from 'zod';

import { CreditsField, InstantField } from './amounts';
import { LocalDateField, TimeZoneField } from './dates';
import { MOST_USAGE_DAYS, UsageTotals } from './usage';

export const UsageSummaryQuery = z.strictObject({
  /** How many days, today included. */
  days: z.coerce.number().int().min(1).max(MOST_USAGE_DAYS).default(30),
  timeZone: TimeZoneField.default('UTC'),
});
export type UsageSummaryQuery = z.output<typeof UsageSummaryQuery>;

export const UsageHint = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('top-cost'), service: z.string(), used: CreditsField }),
  z.object({ kind: z.literal('batch'), service: z.string(), count: z.int(), average: CreditsField }),
]);

/** The last days at a glance, and the account's whole life. */
export const UsageSummary = z.object({
  days: z.int(),
  from: LocalDateField,
  to: LocalDateField,
  timeZone: z.string(),
  totals: UsageTotals,
  /** Most used first. */
  services: z.array(UsageTotals.extend({ service: z.string().nullable() })),
  /** One for each day, in order. */
  daily: z.array(
    z.object({ date: LocalDateField, count: z.int(), used: CreditsField, returned: CreditsField }),
  ),
  lifetime: z.object({
    count: z.int(),
    used: CreditsField,
    returned: CreditsField,
    /** Credits bought, before any claw-back. */
    purchased: CreditsField,
  }),
  hints: z.array(UsageHint),
  asOf: InstantField,
});
export type UsageSummary = z.output<typeof UsageSummary>;

export const UsageForecastQuery = z.strictObject({ timeZone: TimeZoneField.default('UTC') });
export type UsageForecastQuery = z.output<typeof UsageForecastQuery>;

/** What this month will have cost when it goes on like the days before. */
export const UsageForecast = z.object({
  from: LocalDateField,
  to: LocalDateField,
  timeZone: z.string(),
  soFar: CreditsField,
  forecast: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('forecast'), likely: CreditsField, low: CreditsField, high: CreditsField }),
    z.object({ kind: z.literal('none'), because: z.literal('too-little-history') }),
  ]),
  asOf: InstantField,
});
export type UsageForecast = z.output<typeof UsageForecast>;
