import { z } from 'zod';

import { CalculationAnswer } from './calculation';
import { CreditsText, Metadata, Quantities, Reference, ServiceName } from './fields';

const QuoteToken = z
  .string()
  .regex(/^qt_[\w-]{1,1000}\.[\w-]{1,100}$/, 'is no quote of ours')
  .meta({ description: 'From POST /v1/quotes: the charge never costs more than it says.' });

/** Finished work, charged now. */
export const ChargeRequest = z
  .strictObject({
    reference: Reference.optional().meta({
      description: 'Without one, the Idempotency-Key is the reference.',
    }),
    service: ServiceName,
    quantities: Quantities.default({}),
    quote: QuoteToken.optional(),
    metadata: Metadata.optional(),
  })
  .meta({
    id: 'ChargeRequest',
    example: {
      reference: 'job-4711',
      service: 'dubbing',
      quantities: { seconds: 90 },
      metadata: { project: 'spring' },
    },
  });
export type ChargeRequest = z.output<typeof ChargeRequest>;

export const ChargeAnswer = z
  .object({
    reference: Reference,
    service: ServiceName,
    state: z.enum(['settled', 'pending_payment']).meta({
      description:
        'pending_payment: the credits did not cover it; it is paid by the next ones, oldest first.',
    }),
    amount: CreditsText,
    entry: z
      .string()
      .nullable()
      .meta({ description: 'The number of its line on the ledger.', example: '42' }),
    balance: CreditsText.meta({ description: 'Right after this line.' }),
    calculation: CalculationAnswer,
    metadata: Metadata,
  })
  .meta({ id: 'Charge' });
export type ChargeAnswer = z.output<typeof ChargeAnswer>;

const MOST_CHARGES = 1_000;

/** Each item is checked and charged for itself: one wrong item changes nothing for the others. */
export const ChargeBatchRequest = z
  .strictObject({ charges: z.array(z.unknown()).min(1).max(MOST_CHARGES) })
  .meta({
    id: 'ChargeBatchRequest',
    example: {
      charges: [
        { reference: 'job-4712', service: 'dubbing', quantities: { seconds: 30 } },
        { reference: 'job-4713', service: 'training', quantities: { max_minutes: 5 } },
      ],
    },
  });

export const ChargeBatchAnswer = z
  .object({
    results: z.array(
      z.object({
        outcome: z.enum(['applied', 'replayed', 'refused']),
        charge: ChargeAnswer.optional(),
        error: z
          .looseObject({ code: z.string(), message: z.string(), param: z.string().optional() })
          .optional(),
      }),
    ),
  })
  .meta({ id: 'ChargeBatch' });
export type ChargeBatchAnswer = z.output<typeof ChargeBatchAnswer>;
