import type Stripe from 'stripe';

import { env } from '@/lib/env';

import { stripe } from './client';

/** Which object changed, and how; what is true of it now must be asked. */
export type VerifiedEvent = {
  eventId: string;
  type: string;
  objectId: string;
  apiVersion: string;
  createdAt: Date;
};

/** The event in a signed delivery; null when none of our secrets signed it lately, or it comes from another mode. */
export async function verifyEvent(body: Buffer, signature: string | null): Promise<VerifiedEvent | null> {
  if (signature === null) return null;
  const event = await signedEvent(body, signature);
  if (event === null || event.livemode !== env().STRIPE_SECRET_KEY.includes('k_live_')) return null;

  return inOurWords(event);
}

export const inOurWords = (event: Stripe.Event): VerifiedEvent => ({
  eventId: event.id,
  type: event.type,
  objectId: objectIdOf(event as { data?: { object?: { id?: unknown } } }),
  apiVersion: event.api_version ?? 'unknown',
  createdAt: new Date(event.created * 1_000),
});

/** Empty where an event is of no object with an id, as balance.available is; none of those is acted on. */
function objectIdOf({ data }: { data?: { object?: { id?: unknown } } }): string {
  const id = data?.object?.id;
  return typeof id === 'string' ? id : '';
}

/** Several secrets are valid while one is being rolled. */
async function signedEvent(body: Buffer, signature: string): Promise<Stripe.Event | null> {
  for (const secret of env().STRIPE_WEBHOOK_SECRETS) {
    try {
      return await stripe().webhooks.constructEventAsync(body, signature, secret);
    } catch {
      continue;
    }
  }
  return null;
}
