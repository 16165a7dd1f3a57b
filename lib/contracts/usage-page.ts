import { z } from 'zod';

import { USAGE_GRAINS } from '@/lib/domain/usage';

import { LocalDateField } from './dates';
import { Usage } from './usage';
import { UsageChoices } from './usage-choices';
import { UsageForecast, UsageHint } from './usage-summary';

/** The usage page: what was asked for, what there is of it, and what that means for the month. */
export const UsagePage = z.object({
  from: LocalDateField,
  to: LocalDateField,
  timeZone: z.string(),
  grain: z.enum(USAGE_GRAINS),
  choices: UsageChoices,
  usage: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('read'), read: Usage }),
    /** So many charges would have to be read one by one. */
    z.object({ kind: z.literal('too-many'), count: z.int() }),
  ]),
  /** Of the services shown; none where usage is split by something else. */
  hints: z.array(UsageHint),
  /** Of all that the account uses, whatever is shown. */
  forecast: UsageForecast,
});
export type UsagePage = z.output<typeof UsagePage>;
