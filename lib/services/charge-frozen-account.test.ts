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

const endOf = async ({ ctx, key, charges, entries }: Buyer) => ({
  charges: await charges(),
  entries: await entries(),
  status: (await findTopUp(ledger.db, key))?.status,
  paused: (await findAutoTopUpRule(ledger.db, ctx.accountId))?.paused,
  said: (await listFlightRecords(ledger.db, ctx.accountId, 1))[0]?.because,
});
// Not paused: it goes on by itself once somebody has looked.
const ENDED = { charges: 0, entries: [], status: 'failed', paused: null, said: 'account-restricted' };

test('an account that was frozen after the claim is not charged, and its owner can read why', async () => {
  const buyer = await anAutomaticBuyer(ledger);
  await freeze(buyer);
  await chargeAutoTopUp(buyer.ctx, buyer.key);
  expect(await endOf(buyer)).toEqual(ENDED);
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
    expect(await endOf(buyer)).toEqual(ENDED);
    const [invoice] = (await stripeApi().invoices.list({ customer: buyer.customer })).data;
    expect(invoice?.status).toBe('void');
  },
);
