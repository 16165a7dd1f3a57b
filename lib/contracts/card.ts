import { z } from 'zod';

/** A saved card. One that was saved several times is one. */
export const Card = z.object({
  id: z.string(),
  /** `Visa ·4242`. */
  name: z.string(),
  /** `09/2027`: it is good to the end of that month. */
  expires: z.string(),
  expiry: z.enum(['good', 'soon', 'expired']),
  funding: z.string(),
  /** Where it was issued, as ISO 3166 writes it. */
  country: z.string().nullable(),
  isDefault: z.boolean(),
  isUsedByAutoTopUp: z.boolean(),
  timesSaved: z.number().int().min(1),
});
export type Card = z.output<typeof Card>;

/** The default first, then as they last. */
export const Cards = z.object({ cards: z.array(Card) });
export type Cards = z.output<typeof Cards>;

/** The default card where it ends soon or has ended: then its owner is to do something. */
export const ExpiringCard = z.object({ card: Card.nullable() });
export type ExpiringCard = z.output<typeof ExpiringCard>;

export const CardById = z.strictObject({ id: z.string().regex(/^\w{1,200}$/) });
export type CardById = z.output<typeof CardById>;

/** `id` is made by the page, so that pressing twice opens one. */
export const StartSavingCard = z.strictObject({ id: z.uuid() });
export type StartSavingCard = z.output<typeof StartSavingCard>;

/** Where Stripe's page leads back to names what was done there. */
export const CardReturn = z.strictObject({ saved: z.string().regex(/^cs_\w{1,200}$/) });
