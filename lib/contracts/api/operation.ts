import { z } from 'zod';

import { CalculationAnswer } from './calculation';
import {
  CreditsText,
  Cursor,
  InstantText,
  limitField,
  Metadata,
  Quantities,
  Reference,
  ServiceName,
} from './fields';

const OPERATION_STATES = ['running', 'settled', 'pending_payment', 'failed', 'purged'] as const;

/** Work that begins: gated, held for or charged, as its service is settled. */
export const OperationRequest = z
  .strictObject({
    reference: Reference.optional().meta({
      description: 'Without one, the Idempotency-Key is the reference.',
    }),
    service: ServiceName,
    quantities: Quantities.optional().meta({
      description: 'What it will need. Charged now on acceptance, or held until it succeeds.',
    }),
    hold_seconds: z.int().min(60).max(86_400).default(86_400),
    metadata: Metadata.optional(),
  })
  .meta({
    id: 'OperationRequest',
    example: { reference: 'job-4714', service: 'dubbing', quantities: { seconds: 180 } },
  });
export type OperationRequest = z.output<typeof OperationRequest>;

/** What it came to. Without quantities, those from its start. */
export const CompleteOperationRequest = z
  .strictObject({ quantities: Quantities.optional(), metadata: Metadata.optional() })
  .meta({ id: 'CompleteOperationRequest', example: {} });
export type CompleteOperationRequest = z.output<typeof CompleteOperationRequest>;

export const FailOperationRequest = z.strictObject({}).meta({ id: 'FailOperationRequest', example: {} });

export const OperationAnswer = z
  .object({
    id: Reference.meta({ description: 'Its reference.' }),
    service: ServiceName,
    state: z.enum(OPERATION_STATES),
    amount: CreditsText.nullable().meta({ description: 'What it cost, once that is known.' }),
    held: CreditsText.nullable().meta({ description: 'What is set aside for it now.' }),
    // Not `.nullable()`: the document would ask for an object and null at once.
    calculation: z.union([CalculationAnswer, z.null()]),
    entry: z.string().nullable(),
    metadata: Metadata,
    created_at: InstantText,
    finished_at: InstantText.nullable(),
    purge_at: InstantText.nullable().meta({ description: 'When unpaid work is given up.' }),
  })
  .meta({ id: 'Operation' });
export type OperationAnswer = z.output<typeof OperationAnswer>;

export const OperationsQuery = z.strictObject({
  state: z.enum(OPERATION_STATES).optional(),
  service: ServiceName.optional(),
  limit: limitField({ most: 200, usual: 50 }),
  cursor: Cursor.optional(),
});
export type OperationsQuery = z.output<typeof OperationsQuery>;

/** Newest first; what is started meanwhile moves no later page. */
export const OperationsPage = z
  .object({ data: z.array(OperationAnswer), next_cursor: z.string().nullable() })
  .meta({ id: 'OperationsPage' });
export type OperationsPage = z.output<typeof OperationsPage>;

export const OperationPath = z.strictObject({ id: Reference });
