import { z } from 'zod';

/** One line of text without control characters, which could be kept as it came. */
const line = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'holds a control character');

export const Reference = line(200).meta({
  description: 'Your own id of the work, unique in the account.',
  example: 'job-4711',
});

export const ServiceName = line(60).meta({ description: 'A service of the price book.', example: 'dubbing' });

/** Credits on the wire: a decimal string, so that no language rounds them. */
export const CreditsText = z
  .string()
  .regex(/^-?\d{1,13}(\.\d{1,6})?$/)
  .meta({ description: 'Credits, as a decimal string.', example: '14.5' });

export const InstantText = z.iso.datetime().meta({ example: '2026-11-22T10:41:07.000Z' });

const MOST_METADATA_BYTES = 2_000;
export const Metadata = z
  .record(z.string().min(1).max(40), z.string().max(500))
  .refine((given) => Object.keys(given).length <= 20, 'has more than 20 keys')
  .refine(
    (given) => Buffer.byteLength(JSON.stringify(given)) <= MOST_METADATA_BYTES,
    `is longer than ${MOST_METADATA_BYTES} bytes`,
  )
  .meta({
    description: 'Yours, up to 20 keys with text; shown beside the entry.',
    example: { project: 'spring' },
  });

/** A negative zero is a slip of somebody's arithmetic, not an amount. */
const isPlain = (given: number) => !Object.is(given, -0);
const Whole = z.int().min(0).refine(isPlain, 'is a negative zero');

/** What was measured. Which of these a service needs, its price says. */
export const Quantities = z
  .strictObject({
    seconds: z
      .number()
      .min(0)
      .max(1e9)
      .refine(isPlain, 'is a negative zero')
      .refine((given) => /^\d+(\.\d{1,3})?$/.test(`${given}`), 'has more than three decimals')
      .optional()
      .meta({ description: 'How long the media is; up to three decimals.', example: 90 }),
    characters: Whole.optional(),
    max_minutes: Whole.optional().meta({ description: 'A setting, charged as set.' }),
    input_tokens: Whole.optional(),
    output_tokens: Whole.optional(),
    model: line(100).optional(),
    features: z.array(line(60)).max(50).optional(),
  })
  .meta({ example: { seconds: 90 } });
export type Quantities = z.output<typeof Quantities>;

/** For the endpoints that are as a seed shows them. */
export const CreditsNumber = z.number().meta({
  description:
    'Credits, as a JSON number. Whole credits are exact up to 2^53, decimals below 2^33 credits; the native endpoints write decimal strings instead.',
  example: 42,
});

/** Money as a JSON number, to the cent. */
export const MoneyNumber = z
  .number()
  .min(0)
  .max(1e9)
  .refine((given) => /^\d+(\.\d{1,2})?$/.test(`${given}`), 'must be an amount with at most two decimals')
  .meta({ description: 'In the currency of the price book.', example: 25 });

/** Names a place in a list; only what the last page gave is good. */
export const Cursor = z.string().regex(/^[\w-]{1,600}$/, 'is no cursor of ours');

/** A page's size. */
export const limitField = ({ most, usual }: { most: number; usual: number }) =>
  z.coerce.number().int().min(1).max(most).default(usual);
