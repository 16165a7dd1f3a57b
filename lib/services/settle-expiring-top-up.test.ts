import { expect, test, vi } from 'vitest';

import type * as PriceBooks from '@/price-books/price-book';
import { purchasesIn } from '@/test/stripe/purchases';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

// None of the seeds' books lets purchases end; an operator's may.
vi.mock('@/price-books/price-book', async (original) => {
  const books = await original<typeof PriceBooks>();
  const priceBook = () => {
    const book = books.priceBook();
    return { ...book, grants: { ...book.grants, purchaseExpiryDays: 365n } };
  };
  return { ...books, priceBook };
});

const { ledger, stripe } = await ledgerAndStripe();
const shop = purchasesIn(ledger, stripe);

test('a purchase lasts as long as the price book says', async () => {
  const { buyer } = await shop.aCreditedPurchase();
  const rows = await ledger.asOwner<{ lasts: string }>(
    `SELECT extract(day FROM expires_at - created_at)::text AS lasts FROM grants WHERE account_id = $1 AND kind = 'topup'`,
    [buyer.accountId],
  );
  expect(rows).toEqual([{ lasts: expect.stringMatching(/^36[45]$/) }]);
});
