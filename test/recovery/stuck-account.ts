import { setAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountCtx } from '@/lib/db/context';
import { keepStripeCustomer } from '@/lib/db/stripe-customers';
import { chargeAutoTopUp } from '@/lib/services/charge-auto-top-up';
import { runAutoTopUp } from '@/lib/services/run-auto-top-up';
import { stripe } from '@/lib/stripe/client';
import { dubbing } from '@/price-books/dubbing';
import { presetRule } from '@/test/auto-top-up/rules';
import { aConsent } from '@/test/database/auto-top-up';
import type { LedgerFixture } from '@/test/database/ledger-fixtures';

export type Stuck = { ctx: AccountCtx; customer: string; card: string; topUpId: string };

/** An account whose automatic payment was refused. */
export async function stuckAccount(ledger: LedgerFixture, testCard: string): Promise<Stuck> {
  const accountId = await ledger.newAccount();
  const settings = { ...presetRule(dubbing), enabled: true, paymentMethod: null };
  await setAutoTopUpRule(ledger.db, { accountId, settings, consent: await aConsent(ledger) });
  const { id: customer } = await stripe().customers.create({ name: 'Acme' });
  await keepStripeCustomer(ledger.db, accountId, customer);
  const { id: card } = await stripe().paymentMethods.attach(testCard, { customer });
  await stripe().customers.update(customer, { invoice_settings: { default_payment_method: card } });
  const ctx = { db: ledger.db, now: new Date(), accountId };
  const { topUpId } = await runAutoTopUp(ctx, { kind: 'scheduled' });
  if (topUpId === null) throw new Error('nothing was claimed');
  await chargeAutoTopUp(ctx, { accountId, id: topUpId });
  return { ctx, customer, card, topUpId };
}
