import { z } from 'zod';

import { CreditsNumber, InstantText, limitField, Metadata } from './fields';

export const UsageRecordsQuery = z.strictObject({
  limit: limitField({ most: 1_000, usual: 100 }),
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,17}$/, 'is no cursor of ours')
    .optional()
    .meta({ description: 'From the address in the Link header of the page before.' }),
});

/** Charges, newest first, as AudioPod's document shows them. The header Link leads to the next page, where there is one. */
export const UsageRecordsAnswer = z
  .array(
    z.object({
      id: z.uuid(),
      user_credits_id: z.uuid().meta({ description: 'The same for all of an account.' }),
      credits_used: CreditsNumber.meta({ description: 'Without what was given back since.' }),
      service_type: z.string(),
      audio_duration: z.number().meta({ description: 'Seconds; 0 where the price is not by time.' }),
      credit_source: z.enum(['subscription', 'payg']).meta({
        description:
          'subscription: the monthly allowance paid for all of it. The allowance is used up first.',
      }),
      created_at: InstantText,
      usage_metadata: Metadata,
    }),
  )
  .meta({ id: 'UsageRecords' });
