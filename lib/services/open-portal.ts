import type { BuyerCtx } from '@/lib/db/context';
import { env } from '@/lib/env';
import { openPortal as openAtStripe } from '@/lib/stripe/portal';

import { asStripeCustomer } from './as-stripe-customer';

/** A link to where an account's cards and invoices are looked after. Made for this call and kept nowhere. */
export const openPortal = (ctx: BuyerCtx): Promise<string> =>
  asStripeCustomer(ctx, (customer) => openAtStripe({ customer, returnUrl: `${env().APP_URL}/` }));
