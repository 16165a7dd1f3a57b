import { env } from '@/lib/env';

const PAGES = [
  'https://checkout.stripe.com',
  'https://billing.stripe.com',
  'https://invoice.stripe.com',
  'https://hooks.stripe.com',
];

/** The origins of the pages that Stripe sends our customers to; one that stands in for its API has them at its own. */
export function stripePages(): string[] {
  const { STRIPE_API_HOST, STRIPE_API_PORT, STRIPE_API_PROTOCOL = 'https' } = env();
  if (STRIPE_API_HOST === undefined) return PAGES;
  return [new URL(`${STRIPE_API_PROTOCOL}://${STRIPE_API_HOST}:${STRIPE_API_PORT ?? ''}`).origin];
}
