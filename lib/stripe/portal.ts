import type Stripe from 'stripe';

import { env } from '@/lib/env';

import { stripe } from './client';
import { nullWhenCustomerGone } from './customers';
import { orUnavailable } from './unavailable';

export type NewPortal = {
  customer: string;
  returnUrl: string;
  /** new-default-card: only the form for one, and then straight back. */
  purpose: 'everything' | 'new-default-card';
};

/** A link to Stripe's customer portal, good for minutes and for whoever has it; null when the customer is gone at Stripe. */
export async function openPortal({ customer, returnUrl, purpose }: NewPortal): Promise<string | null> {
  const { STRIPE_PORTAL_CONFIGURATION: configuration } = env();
  const opening = stripe().billingPortal.sessions.create({
    customer,
    return_url: returnUrl,
    ...(purpose === 'everything' ? {} : { flow_data: newCardAndBack(returnUrl) }),
    ...(configuration === undefined ? {} : { configuration }),
  });
  const session = await orUnavailable(opening).catch(nullWhenCustomerGone);
  return session?.url ?? null;
}

const newCardAndBack = (returnUrl: string): Stripe.BillingPortal.SessionCreateParams.FlowData => ({
  type: 'payment_method_update',
  after_completion: { type: 'redirect', redirect: { return_url: returnUrl } },
});
