import { z } from 'zod';

import { CalculationAnswer } from './calculation';
import { CreditsText, InstantText, Quantities, ServiceName } from './fields';

const WorkField = z.strictObject({ service: ServiceName, quantities: Quantities.default({}) });
const MOST_QUOTED = 1_000;

/** One piece of work, or a list of it. */
export const QuoteRequest = z
  .union([WorkField, z.strictObject({ items: z.array(WorkField).min(1).max(MOST_QUOTED) })])
  .meta({
    id: 'QuoteRequest',
    example: {
      items: [
        { service: 'dubbing', quantities: { seconds: 180 } },
        { service: 'training', quantities: { max_minutes: 10 } },
      ],
    },
  });
export type QuoteRequest = z.output<typeof QuoteRequest>;

export const QuoteAnswer = z
  .object({
    amount: CreditsText.meta({ description: 'Of all together.' }),
    available: CreditsText,
    sufficient: z.boolean(),
    shortfall: CreditsText,
    expires_at: InstantText,
    items: z.array(
      z.object({
        service: ServiceName,
        amount: CreditsText,
        calculation: CalculationAnswer,
        quote: z
          .string()
          .meta({ description: 'Sent with the charge, it never costs more than this amount.' }),
      }),
    ),
  })
  .meta({ id: 'Quote' });
export type QuoteAnswer = z.output<typeof QuoteAnswer>;
