import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import type { MemberCtx } from '@/lib/db/context';
import { findTopUp } from '@/lib/db/top-ups';
import { cents } from '@/lib/domain/credits';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { newMember } from '@/test/api/new-member';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { startCheckout } from './start-checkout';
import { startTopUp } from './start-top-up';

const { ledger, stripe } = await ledgerAndStripe();

/** Members of one account. */
async function members(count: number): Promise<MemberCtx[]> {
  const accountId = await ledger.newAccount();
  for (let at = 0; at < count; at += 1) await newMember(ledger, accountId, 'owner');
  const users = await ledger.asOwner<{ id: string }>(
    'SELECT user_id AS id FROM members WHERE account_id = $1 ORDER BY created_at',
    [accountId],
  );
  return users.map(({ id }) => ({ db: ledger.db, now: new Date(), accountId, userId: id }));
}
async function aMember(): Promise<MemberCtx> {
  const [member] = await members(1);
  if (!member) throw new Error('nobody');
  return member;
}

async function begins(member: MemberCtx, packageId: string) {
  const id = randomUUID();
  const { checkoutUrl } = await startTopUp(member, { id, packageId, savesCard: false });
  const statusOf = async () => (await findTopUp(ledger.db, { ...member, id }))?.status;
  const pageOf = async () => {
    const session = (await findTopUp(ledger.db, { ...member, id }))?.stripeSession ?? '';
    return (await stripeApi().checkout.sessions.retrieve(session)).status;
  };
  return { id, checkoutUrl, statusOf, pageOf };
}

test('a page that was left is closed when its member begins to buy something else', async () => {
  const member = await aMember();
  const left = await begins(member, '500');
  const wanted = await begins(member, '5000');
  expect([await left.pageOf(), await left.statusOf()]).toEqual(['expired', 'abandoned']);
  expect(await wanted.pageOf()).toBe('open');
  expect(await stripe.pay(left.checkoutUrl)).not.toBe(303);
  expect(await stripe.pay(wanted.checkoutUrl)).toBe(303);
});

test('a page that was paid before anybody told us of it is credited and not closed', async () => {
  const member = await aMember();
  const paid = await begins(member, '500');
  await stripe.pay(paid.checkoutUrl);
  await begins(member, '5000');
  expect([await paid.pageOf(), await paid.statusOf()]).toEqual(['complete', 'credited']);
  expect(await ledger.audit()).toEqual([]);
});

test('pages of other members and of programs stay open', async () => {
  const [member, colleague] = await members(2);
  if (!member || !colleague) throw new Error('nobody');
  const theirs = await begins(colleague, '500');
  const program = { ...member, userId: null };
  const { page } = await startCheckout(program, {
    id: randomUUID(),
    wanted: { amount: cents(5_00n), param: 'amount_cents' },
  });
  await begins(member, '5000');
  expect(await theirs.pageOf()).toBe('open');
  expect((await stripeApi().checkout.sessions.retrieve(page.session)).status).toBe('open');
});

test('the same purchase keeps its page', async () => {
  const member = await aMember();
  const { id, checkoutUrl } = await begins(member, '500');
  const again = await startTopUp(member, { id, packageId: '500', savesCard: false });
  expect(again.checkoutUrl).toBe(checkoutUrl);
});

test('every purchase has an invoice, also one that a promotion code paid for', async () => {
  const member = await aMember();
  const coupon = await stripeApi().coupons.create({ percent_off: 100, duration: 'once' });
  await stripeApi().promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'GIFT' });
  const { id, checkoutUrl } = await begins(member, '500');
  await enters(checkoutUrl, { do: 'code', code: 'GIFT' });
  await enters(checkoutUrl, {});
  await startTopUp(member, { id: randomUUID(), packageId: '500', savesCard: false });
  const kept = await findTopUp(ledger.db, { ...member, id });
  expect(kept).toMatchObject({ status: 'credited', stripeInvoice: expect.stringMatching(/^in_/) });
});

async function enters(url: string, form: Record<string, string>) {
  const page = new URL(url);
  page.protocol = 'http:';
  return stripe.sandbox.answer(
    new Request(page, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    }),
  );
}
