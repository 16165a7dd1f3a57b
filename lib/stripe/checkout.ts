import type Stripe from 'stripe';

import { cents, type Cents } from '@/lib/domain/credits';
import { exactNumber } from '@/lib/domain/number-of';
import type { Checkout } from '@/lib/domain/top-up';
import { env } from '@/lib/env';

import { stripe } from './client';
import { createOnce } from './create-once';
import { nullWhenCustomerGone } from './customers';
import { idOf } from './id-of';
import { orUnavailable } from './unavailable';

// General electronically supplied services; only read where Stripe Tax is on.
export const TAX_CODE = 'txcd_10000000';

export type NewCheckout = {
  topUpId: string;
  accountId: string;
  customer: string;
  /** What stands on the invoice: "5,000 credits". */
  description: string;
  price: Cents;
  currency: string;
  /** The card that pays is kept, to be charged without the customer. */
  savesCard: boolean;
  returnUrls: { paid: string; canceled: string };
};
export type CheckoutPage = { session: string; url: string; expiresAt: Date };

/** Opens the hosted payment page of one top-up; null when its customer is gone at Stripe. Asked twice, it is the same page. */
export async function openCheckout(checkout: NewCheckout): Promise<CheckoutPage | null> {
  const metadata = { topup_id: checkout.topUpId, account_id: checkout.accountId };
  const creating = createOnce(`topup/${checkout.topUpId}/session/${checkout.customer}`, (options) =>
    stripe().checkout.sessions.create(
      {
        mode: 'payment',
        customer: checkout.customer,
        client_reference_id: checkout.accountId,
        allowed_payment_method_types: ['card'],
        line_items: [
          {
            quantity: 1,
            price_data: {
              currency: checkout.currency,
              unit_amount: exactNumber(checkout.price),
              tax_behavior: 'exclusive',
              product_data: { name: checkout.description, tax_code: TAX_CODE },
            },
          },
        ],
        adaptive_pricing: { enabled: false },
        allow_promotion_codes: true,
        ...taxed(),
        invoice_creation: { enabled: true, invoice_data: { description: checkout.description, metadata } },
        payment_intent_data: {
          description: checkout.description,
          metadata,
          // The bank is asked now, with the customer there, so that it need not ask when they are not.
          ...(checkout.savesCard ? { setup_future_usage: 'off_session' } : {}),
        },
        saved_payment_method_options: {
          // Cards kept for auto top-up are `limited`; without it they would not be offered.
          allow_redisplay_filters: ['always', 'limited'],
          // Whether a card is kept is asked on our page; Stripe's own box keeps one that was not set up for this.
          payment_method_save: 'disabled',
          // Our page says what stops with a card.
          payment_method_remove: 'disabled',
        },
        metadata,
        submit_type: 'pay',
        success_url: checkout.returnUrls.paid,
        cancel_url: checkout.returnUrls.canceled,
      },
      options,
    ),
  );
  const session = await creating.catch(nullWhenCustomerGone);
  if (session === null) return null;
  if (session.url === null) throw new Error(`Checkout session ${session.id} has no page`);
  return { session: session.id, url: session.url, expiresAt: new Date(session.expires_at * 1_000) };
}

/** Stripe Tax needs the address, and may keep what the customer enters. */
const taxed = (): Partial<Stripe.Checkout.SessionCreateParams> =>
  env().STRIPE_TAX === 'automatic'
    ? {
        automatic_tax: { enabled: true },
        billing_address_collection: 'required',
        customer_update: { address: 'auto', name: 'auto' },
        tax_id_collection: { enabled: true },
      }
    : {};

/** Sees to it that nobody can pay the page any more. One that was paid or has expired is left as it is. */
export async function expireCheckout(sessionId: string): Promise<void> {
  const expiring = stripe().checkout.sessions.expire(sessionId);
  await orUnavailable(expiring).catch(async (error: unknown) => {
    const { status } = await orUnavailable(stripe().checkout.sessions.retrieve(sessionId));
    if (status === 'open') throw error;
  });
}

/** What Stripe says now, in our words. The event or redirect that woke us is not evidence. */
export async function readCheckout(sessionId: string): Promise<Checkout> {
  const session = await orUnavailable(
    stripe().checkout.sessions.retrieve(sessionId, { expand: ['payment_intent'] }),
  );
  const payment = typeof session.payment_intent === 'string' ? null : session.payment_intent;
  return {
    session: session.id,
    topUpId: session.metadata?.['topup_id'] ?? null,
    customer: idOf(session.customer),
    currency: session.currency ?? '',
    subtotal: cents(BigInt(session.amount_subtotal ?? 0)),
    received: cents(BigInt(payment?.amount_received ?? 0)),
    page: pageOf(session),
    money: moneyOf(session, payment),
    payment: payment?.id ?? null,
    invoice: idOf(session.invoice),
  };
}

function pageOf({ id, status }: Stripe.Checkout.Session): Checkout['page'] {
  const known = (['open', 'complete', 'expired'] as const).find((page) => page === status);
  if (known === undefined) throw new Error(`Checkout session ${id} is ${status ?? 'in no state'}`);
  return known;
}

function moneyOf(session: Stripe.Checkout.Session, payment: Stripe.PaymentIntent | null): Checkout['money'] {
  if (session.payment_status === 'no_payment_required') return 'not-required';
  if (session.payment_status === 'paid') return 'paid';
  return payment?.status === 'canceled' || payment?.status === 'requires_payment_method'
    ? 'refused'
    : 'unpaid';
}
