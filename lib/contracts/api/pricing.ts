import { z } from 'zod';

import { CreditsNumber, InstantText, MoneyNumber } from './fields';

const Measured = z.enum(['seconds', 'characters', 'max_minutes', 'input_tokens', 'output_tokens']);
const service = { title: z.string() };

/** One price of the price book, by its form. */
const ListedPrice = z.discriminatedUnion('form', [
  z.object({ ...service, form: z.literal('flat'), credits: CreditsNumber }),
  z.object({
    ...service,
    form: z.literal('block').meta({ description: 'A block that was started is paid whole.' }),
    measure: Measured,
    credits: CreditsNumber,
    per: z.number(),
  }),
  z.object({
    ...service,
    form: z.literal('unit').meta({ description: 'In proportion, and at least the minimum.' }),
    measure: Measured,
    credits: CreditsNumber,
    per: z.number(),
    minimum: CreditsNumber,
  }),
  z.object({
    ...service,
    form: z.literal('hourly').meta({ description: 'Pro-rated; features are added.' }),
    credits_per_hour: CreditsNumber,
    features: z.record(z.string(), CreditsNumber),
  }),
  z.object({
    ...service,
    form: z.literal('session').meta({ description: 'By how long the session was open.' }),
    credits_per_hour: CreditsNumber,
    closes_after_seconds: z.number(),
  }),
  z.object({
    ...service,
    form: z.literal('tokens'),
    per: z.number(),
    models: z.record(z.string(), z.object({ input: CreditsNumber, output: CreditsNumber })),
  }),
]);
export type ListedPrice = z.output<typeof ListedPrice>;

/** What an account has and what things cost, as Dessert's document joins them. */
export const PricedBalanceAnswer = z
  .object({
    balance: CreditsNumber,
    available: CreditsNumber,
    held: CreditsNumber,
    as_of: InstantText,
    pricing: z.object({
      currency: z.string().meta({ example: 'usd' }),
      rate: z
        .object({ credits: CreditsNumber, price: MoneyNumber })
        .meta({ description: 'So many credits cost so much.', example: { credits: 1, price: 0.1 } }),
      welcome_bonus: CreditsNumber,
      services: z.record(z.string(), ListedPrice),
    }),
  })
  .meta({ id: 'PricedBalance' });

/** A number for each service: what its unit costs. */
export const MultipliersAnswer = z
  .record(z.string(), CreditsNumber)
  .meta({ id: 'Multipliers', example: { transcription: 660, video_download: 6 } });

export const PaygInfoAnswer = z
  .object({
    credits_per_dollar: CreditsNumber.meta({ example: 7500 }),
    min_amount_usd: MoneyNumber,
    max_amount_usd: MoneyNumber,
    currency: z.string().meta({ example: 'USD' }),
  })
  .meta({ id: 'PaygInfo' });
