import { expect, test } from 'vitest';

import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import { listFlightRecords } from '@/lib/db/flight-records';
import { freezeAccount } from '@/lib/db/ledger/audit';
import { findTopUp } from '@/lib/db/top-ups';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { anAutomaticBuyer } from '@/test/stripe/automatic-account';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { chargeAutoTopUp } from './charge-auto-top-up';

const { ledger, stripe } = await ledgerAndStripe();

type Buyer = Awaited<ReturnType<typeof anAutomaticBuyer>>;
const freeze = ({ ctx }: Buyer) =>
  freezeAccount(ledger.db, { accountId: ctx.accountId, because: 'somebody has to look at it' });

async function expectEnded({ ctx, key, charges, entries }: Buyer) {
  expect(await charges()).toBe(0);
  expect(await entries()).toEqual([]);
  expect(await findTopUp(ledger.db, key)).toMatchObject({ status: 'failed' });
  // It goes on by itself once somebody has looked.
  expect(await findAutoTopUpRule(ledger.db, ctx.accountId)).toMatchObject({ enabled: true, paused: null });
  const [said] = await listFlightRecords(ledger.db, ctx.accountId, 1);
  expect(said?.because).toBe('account-restricted');
}

test('an account that was frozen after the claim is not charged, and its owner can read why', async () => {
  const buyer = await anAutomaticBuyer(ledger);
  await freeze(buyer);
  await chargeAutoTopUp(buyer.ctx, buyer.key);
  await expectEnded(buyer);
});

test.each(['/v1/invoiceitems', '/v1/invoices/*/finalize', '/v1/invoices/*/pay'])(
  'one that was frozen while Stripe was silent at %s is not charged either, and its invoice can not be paid',
  async (path) => {
    const buyer = await anAutomaticBuyer(ledger);
    await stripe.lever('faults', { method: 'POST', path, fault: 'timeout_before' });
    await expect(chargeAutoTopUp(buyer.ctx, buyer.key)).rejects.toMatchObject({
      code: 'payment_unavailable',
    });
    await freeze(buyer);
    await chargeAutoTopUp(buyer.ctx, buyer.key);
    await expectEnded(buyer);
    const [invoice] = (await stripeApi().invoices.list({ customer: buyer.customer })).data;
    expect(invoice?.status).toBe('void');
  },
);
