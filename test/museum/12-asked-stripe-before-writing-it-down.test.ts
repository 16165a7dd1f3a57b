/**
 * At Autumn, Stripe was asked for an automatic top-up before the attempt was written down: a crash in between left a charge
 * that nobody knew of (autoTopup.ts). Here the claim comes first, and whatever is lost after it is found by it.
 */
import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import { listStuckTopUps } from '@/lib/db/reconciliation';
import { recentPurchases } from '@/lib/jobs/reconcile-top-ups';
import { chargeAutoTopUp } from '@/lib/services/charge-auto-top-up';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { anAutomaticBuyer, loseTheAnswer } from '@/test/stripe/automatic-account';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

const { ledger, stripe } = await ledgerAndStripe();

const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);
/** What of an account a worker that knows nothing finds to go on with. */
const stuck = async ({ key }: Awaited<ReturnType<typeof anAutomaticBuyer>>) =>
  (await listStuckTopUps(ledger.db, { before: later(1), limit: 1_000 })).some(({ id }) => id === key.id);

test.each(['/v1/invoices', '/v1/invoiceitems', '/v1/invoices/*/finalize', '/v1/invoices/*/pay'])(
  'who crashes right after POST %s leaves nothing that is not known',
  async (path) => {
    const buyer = await anAutomaticBuyer(ledger);
    await loseTheAnswer(stripe, path);
    const isLost = await chargeAutoTopUp(buyer.ctx, buyer.key).then(
      () => false,
      () => true,
    );
    // A draft is asked for again at once; every other step is for the next worker, who finds it by its claim.
    expect(await stuck(buyer)).toBe(isLost);
    await chargeAutoTopUp(buyer.ctx, buyer.key);
    expect(await buyer.charges()).toBe(1);
    expect(await buyer.entries()).toEqual(['topup']);
    expect(await stuck(buyer)).toBe(false);
  },
);

test('the scenario bites: charged first and written down never, our own rows know nothing of it; Stripe’s objects do', async () => {
  const accountId = await ledger.newAccount();
  const { id: customer } = await stripeApi().customers.create({ name: 'Acme' });
  const card = await stripeApi().paymentMethods.attach('pm_card_visa', { customer });
  const metadata = { topup_id: randomUUID(), account_id: accountId.toString() };
  const invoice = await stripeApi().invoices.create({ customer, currency: 'usd', metadata });
  await stripeApi().invoiceItems.create({ customer, invoice: invoice.id, amount: 20_00, currency: 'usd' });
  await stripeApi().invoices.pay(invoice.id, { payment_method: card.id });

  const waiting = await listStuckTopUps(ledger.db, { before: later(1), limit: 1_000 });
  expect(waiting.filter((one) => one.accountId === accountId)).toEqual([]);
  const { nobodys } = await recentPurchases({ db: ledger.db, now: new Date() }, later(-60));
  expect(nobodys.map(({ id }) => id)).toContain(invoice.id);
});
