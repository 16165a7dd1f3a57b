import { randomUUID } from 'node:crypto';

import { beforeAll, expect, test, vi } from 'vitest';

import { findTopUp } from '@/lib/db/top-ups';
import { newMember } from '@/test/api/new-member';
import { choosePriceBook } from '@/test/environment';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

const { ledger, stripe } = await ledgerAndStripe();
beforeAll(async () => {
  await choosePriceBook('roughy');
  vi.stubEnv('COFFER_PRICE_BOOK', 'roughy');
});

async function wants(packageId: string) {
  const accountId = await ledger.newAccount();
  await newMember(ledger, accountId, 'owner');
  const [user] = await ledger.asOwner<{ id: string }>(
    'SELECT user_id AS id FROM members WHERE account_id = $1',
    [accountId],
  );
  const ctx = { db: ledger.db, now: new Date(), accountId, userId: user?.id ?? '' };
  const id = randomUUID();
  const { startTopUp } = await import('./start-top-up');
  const { settleTopUp } = await import('./settle-top-up');
  const { checkoutUrl } = await startTopUp(ctx, { id, packageId, savesCard: false });
  return {
    checkoutUrl,
    found: async () => {
      await settleTopUp(ctx, { accountId, id });
      return findTopUp(ledger.db, { accountId, id });
    },
  };
}

test('an amount between the presets is bought at the rate of the credit', async () => {
  const { checkoutUrl, found } = await wants('amount-1230');
  expect(await stripe.pay(checkoutUrl)).toBe(303);
  expect(await found()).toMatchObject({
    status: 'credited',
    packageId: 'amount-1230',
    priceCents: 12_30n,
    credits: 123_000_000n,
  });
});

test.each(['amount-499', 'amount-100010', 'amount-1235', 'amount-01230', '5000'])(
  '%s is not sold',
  async (packageId) => {
    await expect(wants(packageId)).rejects.toMatchObject({ code: 'invalid_input' });
  },
);
