import { stripe } from './client';
import { createOnce } from './create-once';
import { nullWhenCustomerGone } from './customers';

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
