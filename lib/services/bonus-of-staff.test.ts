import { expect, test, vi } from 'vitest';

import { wholeCredits } from '@/lib/domain/credits';
import { actionsIn } from '@/test/staff/actions';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { askForStaffAction } from './ask-for-staff-action';

vi.mock('@/price-books/price-book', async () => {
  const { roughy } = await import('@/price-books/roughy');
  return { priceBook: () => roughy };
});

const { ledger } = await ledgerAndStripe();
const { at } = actionsIn(ledger);

test.each([
  { lasts: 'by-price-book', days: /^36[45]$/ },
  { lasts: 'for-ever', days: /^never$/ },
  { lasts: new Date('2099-01-01T00:00:00Z'), days: /^\d{5}$/ },
] as const)('a bonus lasts as was said, or as the price book says: $lasts', async ({ lasts, days }) => {
  const hedy = await at('finance');
  const bonus = {
    id: crypto.randomUUID(),
    kind: 'bonus',
    amount: wholeCredits(5n),
    lasts,
    reason: 'For waiting',
  } as const;
  await askForStaffAction(hedy, bonus);
  const [grant] = await ledger.asOwner<{ lasts: string }>(
    `SELECT coalesce(extract(day FROM expires_at - created_at)::text, 'never') AS lasts FROM grants WHERE account_id = $1`,
    [hedy.accountId],
  );
  expect(grant?.lasts).toMatch(days);
});
