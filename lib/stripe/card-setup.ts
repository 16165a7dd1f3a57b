import { stripe } from './client';
import { createOnce } from './create-once';
import { nullWhenCustomerGone } from './customers';
import { idOf } from './id-of';
import { nullWhenMissing } from './missing';
import { orUnavailable } from './unavailable';

export type NewCardSetup = {
  /** Made by whoever asks, so that asking twice is the same page. */
  id: string;
  accountId: string;
  customer: string;
  currency: string;
  returnUrls: { saved: string; canceled: string };
};

/** Opens Stripe's page where a card is saved and nothing is charged; null when its customer is gone at Stripe. */
export async function openCardSetup(setup: NewCardSetup): Promise<string | null> {
  const metadata = { purpose: 'save_card', account_id: setup.accountId };
  const key = `account/${setup.accountId}/card/${setup.id}/${setup.customer}`;
  const creating = createOnce(key, (options) =>
    stripe().checkout.sessions.create(
      {
        mode: 'setup',
        customer: setup.customer,
        client_reference_id: setup.accountId,
        currency: setup.currency,
        allowed_payment_method_types: ['card'],
        // Its owner chose to keep it, so the payment page may offer it too.
        payment_method_data: { allow_redisplay: 'always' },
        setup_intent_data: { metadata },
        metadata,
        success_url: setup.returnUrls.saved,
        cancel_url: setup.returnUrls.canceled,
      },
      options,
    ),
  );
  const session = await creating.catch(nullWhenCustomerGone);
  if (session === null) return null;
  if (session.url === null) throw new Error(`Checkout session ${session.id} has no page`);
  return session.url;
}

/** The customer of a page and the card that was saved there, if it was; null for a page of another kind. */
export type CardSetup = { customer: string | null; paymentMethod: string | null };

export async function readCardSetup(id: string): Promise<CardSetup | null> {
  const reading = stripe().checkout.sessions.retrieve(id, { expand: ['setup_intent'] });
  const session = await orUnavailable(reading.catch(nullWhenMissing));
  if (session?.mode !== 'setup') return null;
  const intent = typeof session.setup_intent === 'object' ? session.setup_intent : null;
  return { customer: idOf(session.customer), paymentMethod: idOf(intent?.payment_method) };
}
