import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import type { BuyerCtx } from '@/lib/db/context';
import { readReceipt } from '@/lib/db/receipts';
import { findTopUp } from '@/lib/db/top-ups';
import { cents } from '@/lib/domain/credits';
import type { MemberRole } from '@/lib/domain/member-role';
import { sendReceipt } from '@/lib/jobs/send-receipt';
import { newMember } from '@/test/api/new-member';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { openPortal } from './open-portal';
import { settleTopUp } from './settle-top-up';
import { startCheckout } from './start-checkout';
import { startTopUp } from './start-top-up';

const { ledger, stripe } = await ledgerAndStripe();

/** A program that buys for an account with these members. */
async function program(...members: [MemberRole, string][]): Promise<BuyerCtx> {
  const accountId = await ledger.newAccount();
  for (const [role, email] of members) await newMember(ledger, accountId, role, email);
  return { db: ledger.db, now: new Date(), accountId, userId: null };
}
const package500 = { packageId: '500', param: 'package' };
const PORTAL = { purpose: 'everything', back: '/' } as const;
const customers = () => [...stripe.sandbox.store.customers.newestFirst()];

describe('a program buys', () => {
  test('in the name of the account’s first owner, who is Stripe’s customer and gets the receipt', async () => {
    const buyer = await program(
      ['billing', 'bill@one.example'],
      ['owner', 'first@one.example'],
      ['owner', 'second@one.example'],
    );
    const id = randomUUID();
    const { page } = await startCheckout(buyer, { id, wanted: package500 });
    expect(customers()[0]).toMatchObject({ name: 'Acme', email: 'first@one.example' });
    expect(await stripe.pay(page.url)).toBe(303);
    await settleTopUp(buyer, { accountId: buyer.accountId, id });
    expect(await readReceipt(ledger.db, { accountId: buyer.accountId, id })).toMatchObject({
      to: 'first@one.example',
      credits: 500_000_000n,
    });
  });

  test('and nobody is mailed where the account has no owner', async () => {
    const buyer = await program();
    const id = randomUUID();
    const { page } = await startCheckout(buyer, { id, wanted: package500 });
    await stripe.pay(page.url, { email: 'whoever@pays.example' });
    const key = { accountId: buyer.accountId, id };
    await settleTopUp(buyer, key);
    expect(await findTopUp(ledger.db, key)).toMatchObject({ status: 'credited' });
    await expect(
      sendReceipt(buyer, { accountId: `${buyer.accountId}`, topUpId: id }),
    ).resolves.toBeUndefined();
  });

  test('once for an id, with the same page for good, also when it was paid', async () => {
    const buyer = await program(['owner', 'once@one.example']);
    const id = randomUUID();
    const started = await Promise.all([1, 2, 3].map(() => startCheckout(buyer, { id, wanted: package500 })));
    expect(new Set(started.map(({ page }) => page.session)).size).toBe(1);
    await stripe.pay(started[0]?.page.url ?? '');
    await settleTopUp(buyer, { accountId: buyer.accountId, id });
    const again = await startCheckout(buyer, { id, wanted: package500 });
    expect(again).toMatchObject({ isReplay: true, page: started[0]?.page });
    await expect(
      startCheckout(buyer, { id, wanted: { amount: cents(50_00n), param: 'amount_cents' } }),
    ).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  });

  test('the page says until when it can be paid on', async () => {
    const { page } = await startCheckout(await program(), { id: randomUUID(), wanted: package500 });
    const day = 86_400_000;
    expect(page.expiresAt?.getTime()).toBeGreaterThan(Date.now() + day - 60_000);
    expect(page.expiresAt?.getTime()).toBeLessThan(Date.now() + day + 60_000);
  });
});

describe('the customer at Stripe', () => {
  test('is the same for members, programs and the portal', async () => {
    const buyer = await program(['owner', 'owner@same.example']);
    const [owner] = await ledger.asOwner<{ id: string }>(
      `SELECT user_id AS id FROM members WHERE account_id = $1 AND role = 'owner'`,
      [buyer.accountId],
    );
    await startTopUp(
      { ...buyer, userId: owner?.id ?? '' },
      { id: randomUUID(), packageId: '500', savesCard: false },
    );
    await startCheckout(buyer, { id: randomUUID(), wanted: package500 });
    await openPortal(buyer, PORTAL);
    expect(customers().filter(({ email }) => email === 'owner@same.example')).toHaveLength(1);
  });

  test('that is gone is replaced, for the portal too', async () => {
    const buyer = await program(['owner', 'owner@gone.example']);
    await openPortal(buyer, PORTAL);
    const [before] = customers();
    await stripe.sandbox.answer(
      new Request(`http://stripe.test/v1/customers/${before?.id}`, {
        method: 'DELETE',
        headers: { authorization: 'Bearer sk_test_of_these_tests' },
      }),
    );
    expect(await openPortal(buyer, PORTAL)).toMatch(/^http/);
    expect(customers()[0]).toMatchObject({ email: 'owner@gone.example' });
    expect(customers()[0]?.id).not.toBe(before?.id);
  });
});

test('all of this left a sound ledger', async () => {
  expect(await ledger.audit()).toEqual([]);
});
