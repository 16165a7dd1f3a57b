import { env } from '@/lib/env';

import { stripe } from './client';
import { nullWhenCustomerGone } from './customers';
import { orUnavailable } from './unavailable';

/** A link to Stripe's customer portal, good for minutes and for whoever has it; null when the customer is gone at Stripe. */
export async function openPortal({
  customer,
  returnUrl,
}: {
  customer: string;
  returnUrl: string;
}): Promise<string | null> {
  const { STRIPE_PORTAL_CONFIGURATION: configuration } = env();
  const opening = stripe().billingPortal.sessions.create({
    customer,
    return_url: returnUrl,
    ...(configuration === undefined ? {} : { configuration }),
  });
  const session = await orUnavailable(opening).catch(nullWhenCustomerGone);
  return session?.url ?? null;
}
