import { z } from 'zod';

import { CreditsNumber, CreditsText, InstantText, MoneyNumber } from './fields';

const CentsText = z.string().regex(/^[1-9]\d{0,11}$/, 'must be a whole number of cents, as digits');

/** What to buy: a package of the price book, or for how much money. */
export const CheckoutSessionRequest = z
  .strictObject({
    package: z
      .string()
      .regex(/^[\w-]{1,64}$/, 'is no package')
      .optional(),
    amount_cents: CentsText.optional(),
  })
  .refine(
    (given) => (given.package === undefined) !== (given.amount_cents === undefined),
    'names either a package or amount_cents',
  )
  .meta({ id: 'CheckoutSessionRequest', example: { package: '5000' } });
export type CheckoutSessionRequest = z.output<typeof CheckoutSessionRequest>;

export const CheckoutSessionAnswer = z
  .object({
    id: z.uuid().meta({ description: 'Of the top-up.' }),
    package: z.string(),
    credits: CreditsText,
    amount_cents: z.string(),
    currency: z.string(),
    session_id: z.string().meta({ example: 'cs_test_a1b2c3' }),
    url: z.url().meta({ description: 'Where it is paid.' }),
    expires_at: InstantText.nullable(),
  })
  .meta({ id: 'CheckoutSession' });

export const PortalSessionRequest = z.strictObject({}).meta({ id: 'PortalSessionRequest', example: {} });

export const PortalSessionAnswer = z
  .object({ url: z.url().meta({ description: 'For one person, now: it expires within minutes.' }) })
  .meta({ id: 'PortalSession' });

/** As AudioPod's document has it. */
export const PaygCheckoutRequest = z
  .strictObject({ amount_usd: MoneyNumber })
  .meta({ id: 'PaygCheckoutRequest', example: { amount_usd: 50 } });

export const PaygCheckoutAnswer = z
  .object({
    session_id: z.string(),
    credits_to_receive: CreditsNumber,
    amount_usd: MoneyNumber,
    url: z.url().meta({ description: 'Where it is paid.' }),
    expires_at: InstantText.nullable(),
  })
  .meta({ id: 'PaygCheckout' });
