import { z } from 'zod';

import { CentsField, CreditsField, InstantField } from './amounts';

/** What the account has, split so that the parts always add up to `total`. */
export const Balance = z.object({
  total: CreditsField,
  /** Can be spent now. */
  available: CreditsField,
  /** Set aside: for work that is running, and by disputes. */
  held: CreditsField,
  /** The part of `held` that a disputed purchase left, until its bank has decided. */
  frozen: CreditsField,
  /** The part of `available` that expires within seven days. */
  expiringSoon: CreditsField,
  /** What `total` cost at the price book's rate; zero for a debt. */
  worth: CentsField,
  currency: z.string(),
  asOf: InstantField,
});
export type Balance = z.output<typeof Balance>;
