import { randomUUID } from 'node:crypto';

import { beforeAll, expect, test } from 'vitest';

import { settleTopUp } from '@/lib/services/settle-top-up';
import { startTopUp } from '@/lib/services/start-top-up';
import { purchasesIn } from '@/test/stripe/purchases';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { sendReceipt } from './send-receipt';

const { ledger, stripe } = await ledgerAndStripe();
beforeAll(async () => {
  stripe.sandbox.switches.checkoutInvoice = 'seconds_later';
});

/** A purchase that is credited and has no invoice yet, with its receipt taken from the queue. */
async function aPurchaseWithoutInvoice() {
  const ctx = await purchasesIn(ledger, stripe).aBuyer();
  const { accountId } = ctx;
  const id = randomUUID();
  const { checkoutUrl } = await startTopUp(ctx, { id, packageId: '500', savesCard: false });
  await stripe.pay(checkoutUrl);
  await settleTopUp(ctx, { accountId, id });
  await ledger.asOwner('TRUNCATE graphile_worker._private_jobs');
  return { ctx, job: { accountId: accountId.toString(), topUpId: id } };
}

const queued = () =>
  ledger.asOwner<{ waits: boolean }>('SELECT run_at > now() AS waits FROM graphile_worker.jobs');
// The mail server of these tests does not exist: whoever tries to send is refused.
const TRIED_TO_SEND = /ECONNREFUSED/;

test('a receipt waits for its invoice', async () => {
  const { ctx, job } = await aPurchaseWithoutInvoice();
  await sendReceipt(ctx, job);
  expect(await queued()).toEqual([{ waits: true }]);
});

test('a receipt goes out as soon as the invoice is there', async () => {
  const { ctx, job } = await aPurchaseWithoutInvoice();
  stripe.sandbox.clock.move({ advance: 10 });
  await stripe.deliveries();
  await expect(sendReceipt(ctx, job)).rejects.toThrow(TRIED_TO_SEND);
  expect(await queued()).toEqual([]);
});

test('a receipt goes out without its invoice when that takes longer than two minutes', async () => {
  const { ctx, job } = await aPurchaseWithoutInvoice();
  const later = new Date(ctx.now.getTime() + 3 * 60_000);
  await expect(sendReceipt({ ...ctx, now: later }, job)).rejects.toThrow(TRIED_TO_SEND);
});
