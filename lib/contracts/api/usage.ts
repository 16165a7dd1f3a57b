import { z } from 'zod';

import { LocalDateField, TimeZoneField } from '../dates';
import { SeqField } from '../seq';
import { CreditsText, InstantText, Metadata } from './fields';

const SPLITS = ['service', 'key', 'day'] as const;

export const UsageSummaryApiQuery = z
  .strictObject({
    from: LocalDateField.optional().meta({ description: 'The first day, in the time zone.' }),
    to: LocalDateField.optional().meta({ description: 'The last day; today, where none is said.' }),
    days: z.coerce
      .number()
      .int()
      .min(1)
      .max(400)
      .default(30)
      .meta({ description: 'Up to `to`, without `from`.' }),
    time_zone: TimeZoneField.default('UTC').meta({ description: 'IANA name.', example: 'Europe/Berlin' }),
    by: z.enum(SPLITS).default('service'),
  })
  .meta({ description: 'At most 400 days.' });

const sums = {
  count: z.int(),
  used: CreditsText,
  returned: CreditsText.meta({ description: 'Given back in that time, of charges then or before.' }),
  spent: CreditsText.meta({ description: 'Used, less what was given back.' }),
  average: CreditsText.nullable().meta({ description: 'Of one charge.' }),
  duration_seconds: z.number(),
};

export const UsageSummaryAnswer = z
  .object({
    from: z.string(),
    to: z.string(),
    time_zone: z.string(),
    by: z.enum(SPLITS),
    totals: z.object(sums),
    /** Most used first; days in their order. */
    groups: z.array(
      z.object({
        name: z.string().nullable().meta({ description: 'The service, the key’s id, or the day.' }),
        ...sums,
      }),
    ),
    as_of: InstantText,
  })
  .meta({ id: 'UsageSummary' });
export type UsageSummaryAnswer = z.output<typeof UsageSummaryAnswer>;

export const UsageEventsApiQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
  cursor: SeqField.optional(),
  service: z.string().min(1).max(60).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});

export const UsageEventsAnswer = z
  .object({
    data: z.array(
      z.object({
        entry: z.string(),
        reference: z.string(),
        service: z.string().nullable(),
        api_key_id: z.string().nullable(),
        amount: CreditsText,
        returned: CreditsText,
        duration_seconds: z.number(),
        request_id: z.string().nullable(),
        metadata: Metadata,
        created_at: InstantText,
      }),
    ),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'UsageEventsPage' });
export type UsageEventsAnswer = z.output<typeof UsageEventsAnswer>;
