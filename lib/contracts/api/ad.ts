import { z } from 'zod';

import { CreditsNumber, InstantText, Metadata, Reference } from './fields';

const AdFormat = z.enum(['static', 'full']);

export const AdRequest = z
  .strictObject({
    reference: Reference.optional().meta({
      description:
        'Your id of it. Without one, the Idempotency-Key is; without either, the ad gets an id of ours.',
    }),
    format: AdFormat,
    metadata: Metadata.optional(),
  })
  .meta({ id: 'AdRequest', example: { format: 'static' } });

export const AdAnswer = z
  .object({
    id: Reference,
    format: AdFormat,
    status: z.literal('accepted'),
    credits: CreditsNumber.meta({ description: 'Taken now; given back if the delivery fails.' }),
    metadata: Metadata,
    created_at: InstantText,
  })
  .meta({ id: 'Ad' });
