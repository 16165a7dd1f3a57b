import { z } from 'zod';

import { CreditsNumber, InstantText, Metadata, Reference } from './fields';

/** A source file that is about to be uploaded. */
export const AssetRequest = z
  .strictObject({
    reference: Reference.optional().meta({
      description:
        'Your id of it. Without one, the Idempotency-Key is; without either, the asset gets an id of ours.',
    }),
    metadata: Metadata.optional(),
  })
  .meta({ id: 'AssetRequest', example: { reference: 'podcast-12' } });

export const AssetAnswer = z
  .object({
    id: Reference,
    state: z.enum(['processing', 'ready', 'pending_payment', 'failed', 'purged']).meta({
      description: 'pending_payment: it waits for the next credits, oldest first, until purge_at.',
    }),
    duration_seconds: z.number().nullable(),
    credits: CreditsNumber.nullable().meta({ description: 'What it costs, once it is processed.' }),
    bytes_kept: z
      .boolean()
      .meta({ description: 'False once they are no longer wanted: it failed or was purged.' }),
    metadata: Metadata,
    created_at: InstantText,
    processed_at: InstantText.nullable(),
    purge_at: InstantText.nullable(),
  })
  .meta({ id: 'Asset' });
export type AssetAnswer = z.output<typeof AssetAnswer>;

export const AssetPath = z.strictObject({ id: Reference });
