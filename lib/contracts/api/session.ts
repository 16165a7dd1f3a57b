import { z } from 'zod';

import { CreditsText, InstantText, Metadata, Reference, ServiceName } from './fields';

/** Work that is paid by how long it is open. */
export const SessionRequest = z
  .strictObject({
    reference: Reference.optional().meta({
      description: 'Without one, the Idempotency-Key is the reference.',
    }),
    service: ServiceName,
    metadata: Metadata.optional(),
  })
  .meta({ id: 'SessionRequest', example: { reference: 'stream-1', service: 'streaming' } });

/** Nothing is said of a session that its address does not say. */
export const SessionCall = z.strictObject({}).meta({ id: 'SessionCall', example: {} });

export const SessionAnswer = z
  .object({
    id: Reference.meta({ description: 'Its reference.' }),
    service: ServiceName,
    state: z.enum(['open', 'closed', 'settled', 'pending_payment', 'failed', 'purged']),
    started_at: InstantText,
    closes_at: InstantText.meta({ description: 'When it closes by itself, and is charged until then.' }),
    closed_at: InstantText.nullable(),
    closed_by: z.enum(['terminated', 'auto_closed']).nullable(),
    seconds: z.number().meta({ description: 'How long it was open; so far, while it is.' }),
    amount: CreditsText.nullable().meta({ description: 'What it cost, once it is charged.' }),
  })
  .meta({ id: 'Session' });
export type SessionAnswer = z.output<typeof SessionAnswer>;
