import { setAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import { keepStripeCustomer } from '@/lib/db/stripe-customers';
import { runAutoTopUp } from '@/lib/services/run-auto-top-up';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { dubbing } from '@/price-books/dubbing';
import { presetRule } from '@/test/auto-top-up/rules';
import { aConsent } from '@/test/database/auto-top-up';
import type { LedgerFixture } from '@/test/database/ledger-fixtures';

import type { StripeFixture } from './stripe-fixture';

/** An empty account that fills itself up from a saved card, with its first top-up claimed: 2,000 credits for $20. */
export async function anAutomaticBuyer(ledger: LedgerFixture) {
  const accountId = await ledger.newAccount();
  const settings = { ...presetRule(dubbing), enabled: true, paymentMethod: null };
  await setAutoTopUpRule(ledger.db, { accountId, settings, consent: await aConsent(ledger) });
  const customer = await stripeApi().customers.create({ name: 'Acme' });
  await keepStripeCustomer(ledger.db, accountId, customer.id);
  const card = await stripeApi().paymentMethods.attach('pm_card_visa', { customer: customer.id });
  await stripeApi().customers.update(customer.id, {
    invoice_settings: { default_payment_method: card.id },
  });
  const ctx = { db: ledger.db, now: new Date(), accountId };
  const { topUpId } = await runAutoTopUp(ctx, { kind: 'scheduled' });
  if (topUpId === null) throw new Error('nothing was claimed');
  return {
    ctx,
    key: { accountId, id: topUpId },
    customer: customer.id,
    card: card.id,
    charges: async () =>
      (await stripeApi().charges.list({ customer: customer.id, limit: 100 })).data.filter(
        ({ status }) => status === 'succeeded',
      ).length,
    entries: async () =>
      (
        await ledger.asOwner<{ kind: string }>('SELECT kind FROM entries WHERE account_id = $1', [accountId])
      ).map(({ kind }) => kind),
  };
}

/** Lets the next request to a path do its work, and loses the answer. */
export const loseTheAnswer = ({ sandbox }: StripeFixture, path: string) =>
  sandbox.answer(
    new Request('http://127.0.0.1/_sandbox/faults', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ method: 'POST', path, fault: 'drop_after_commit', times: 1 }),
    }),
  );
