import type { BuyerCtx } from '@/lib/db/context';
import { env } from '@/lib/env';
import { type NewPortal, openPortal as openAtStripe } from '@/lib/stripe/portal';

import { asStripeCustomer } from './as-stripe-customer';

type Opened = Pick<NewPortal, 'purpose'> & {
  /** The page of ours that it leads back to. */
  back: `/${string}`;
};

/** A link to where an account's cards and invoices are looked after. Made for this call and kept nowhere. */
export const openPortal = (ctx: BuyerCtx, { purpose, back }: Opened): Promise<string> =>
  asStripeCustomer(ctx, (customer) =>
    openAtStripe({ customer, purpose, returnUrl: `${env().APP_URL}${back}` }),
  );
