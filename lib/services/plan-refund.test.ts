import { spawn } from 'node:child_process';

import { beforeAll, expect, test } from 'vitest';

import { listAuditLines } from '@/lib/db/audit-log';
import { charge } from '@/lib/db/ledger/charge';
import { cents } from '@/lib/domain/credits';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { request } from '@/test/database/ledger-account';
import { staffIn } from '@/test/staff/staff';
import { purchasesIn } from '@/test/stripe/purchases';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { planRefund } from './plan-refund';

const { ledger, stripe } = await ledgerAndStripe();
const shop = purchasesIn(ledger, stripe);
beforeAll(async () => {
  stripe.sandbox.switches.checkoutInvoice = 'in_completed_event';
});

const run = (...args: string[]) =>
  new Promise<{ code: number | null; said: string }>((resolve) => {
    let said = '';
    const child = spawn(process.execPath, ['--import', 'tsx', 'bin/refund.ts', ...args], {
      env: process.env,
    });
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('close', (code) => resolve({ code, said }));
  });
const refundsOf = async (payment: string) =>
  (await stripeApi().refunds.list({ payment_intent: payment })).data.map(({ amount }) => amount);

test('a plan says what is used, what can go back and what that takes', async () => {
  const { buyer, id } = await shop.aCreditedPurchase();
  await charge(ledger.db, request(buyer.accountId, 'job', 4_000_000_000n));
  expect(await planRefund(buyer, { topUpId: id, amount: cents(20_00n) })).toMatchObject({
    paid: 50_00n,
    tax: 0n,
    back: 0n,
    left: 50_00n,
    bought: 5_000_000_000n,
    unused: 1_000_000_000n,
    takes: 2_000_000_000n,
    isDisputed: false,
  });
  expect(await planRefund(buyer, { topUpId: id, amount: null })).toMatchObject({
    amount: 50_00n,
    takes: 5_000_000_000n,
  });
});

test('a disputed payment has nothing left to refund', async () => {
  const { buyer, id, payment } = await shop.aCreditedPurchase({ number: '4000000000000259' });
  stripe.sandbox.clock.move({ advance: 60 });
  await stripe.deliveries();
  expect((await stripeApi().disputes.list({ payment_intent: payment })).data).toHaveLength(1);
  expect(await planRefund(buyer, { topUpId: id, amount: null })).toMatchObject({
    left: 0n,
    isDisputed: true,
  });
});

test(
  'npm run refund says what it would do, and does it once, when it is told to',
  { timeout: 180_000 },
  async () => {
    const { buyer, id, payment, invoice } = await shop.aCreditedPurchase();
    const { staff } = await staffIn(ledger, 'finance');
    const by = ['--by', staff.email];
    const asked = ['--top-up', id, '--cents', '2000', ...by, '--reason', 'Charged twice'];
    const dry = await run(...asked);
    expect(dry.said).toContain('paid $50.00, $0.00 of it tax');
    expect(dry.said).toContain('refund $20.00: takes back 2,000.000000 credits');
    expect(dry).toMatchObject({ code: 0, said: expect.stringContaining('Nothing was done') });
    expect(await refundsOf(payment)).toEqual([]);

    expect(await run(...asked, '--yes')).toMatchObject({
      code: 0,
      said: expect.stringContaining('Refunded'),
    });
    expect(await run(...asked, '--yes')).toMatchObject({ code: 0 });
    expect(await refundsOf(payment)).toEqual([20_00]);
    expect((await stripeApi().creditNotes.list({ invoice })).data).toMatchObject([{ memo: 'Charged twice' }]);
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 3000, held: 0 });

    const tooMuch = await run('--top-up', id, '--cents', '3001', ...by, '--reason', 'More', '--yes');
    expect(tooMuch).toMatchObject({ code: 1, said: expect.stringContaining('more than is left') });
    expect(await run('--top-up', id, ...by, '--reason', 'The rest', '--yes')).toMatchObject({ code: 0 });
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 0, held: 0 });
    expect(await run('--reason', 'No purchase')).toMatchObject({ code: 2 });
    expect(await ledger.audit()).toEqual([]);
    const told = await listAuditLines(ledger.db, { accountId: buyer.accountId, action: 'do-action' }, 10);
    expect(told.map(({ email, reason }) => [email, reason])).toEqual([
      [staff.email, 'The rest'],
      [staff.email, 'Charged twice'],
    ]);
  },
);

test(
  'npm run refund asks a second person where its limit is less, and is nobody’s who is not of staff',
  { timeout: 120_000 },
  async () => {
    const { id, payment } = await shop.aCreditedPurchase();
    const first = await shop.aCreditedPurchase();
    const { staff } = await staffIn(ledger, 'support');
    const asked = ['--reason', 'Charged twice', '--yes', '--by'];
    const alone = await run('--top-up', first.id, '--cents', '4000', ...asked, staff.email);
    expect(alone).toMatchObject({ code: 0, said: expect.stringContaining('Refunded') });
    const waits = await run('--top-up', id, '--cents', '2000', ...asked, staff.email);
    expect(waits).toMatchObject({ code: 0, said: expect.stringContaining('a second person') });
    const nobody = await run('--top-up', id, '--cents', '2000', ...asked, 'nobody@example.com');
    expect(nobody).toMatchObject({ code: 1, said: expect.stringContaining('nobody of staff') });
    expect(await refundsOf(payment)).toEqual([]);
  },
);
