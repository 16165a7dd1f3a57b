import { describe, expect, test } from 'vitest';

import { cents, wholeCredits, worthOf } from '@/lib/domain/credits';
import { packageFor } from '@/lib/domain/package-of';
import { wireKindOf } from '@/lib/domain/price-book';
import { priceOf } from '@/lib/domain/price-of';
import { quoteOf } from '@/lib/domain/quote-of';

import { dessert } from './dessert';

const ad = (service: string) => ({ service, quantities: {} });

describe('per-ad pricing', () => {
  test.each([
    { format: 'static', credits: 5n, usd: 50n },
    { format: 'full', credits: 15n, usd: 1_50n },
  ])('$format: $credits credits', ({ format, credits, usd }) => {
    expect(priceOf(dessert, ad(format))).toMatchObject({
      amount: wholeCredits(credits),
      calculation: { formula: `${credits} credits` },
    });
    expect(worthOf(wholeCredits(credits), dessert.credit.rate)).toBe(usd);
  });

  test('there is no other format', () => {
    expect(priceOf(dessert, ad('video'))).toMatchObject({
      because: 'unknown-service',
      message: 'No such service. Known: static, full.',
    });
  });
});

test('every new account starts with 50 credits: ten static ads, or three full ones and not four', () => {
  const welcome = wholeCredits(50n);
  expect(dessert.grants.welcome).toBe(welcome);
  const affords = (format: string, count: number) =>
    quoteOf(
      dessert,
      Array.from({ length: count }, () => ad(format)),
      { available: welcome },
    );
  expect(affords('static', 10)).toMatchObject({ sufficient: true, amount: welcome });
  expect(affords('full', 3)).toMatchObject({ sufficient: true });
  expect(affords('full', 4)).toMatchObject({ sufficient: false, shortfall: wholeCredits(10n) });
});

test('prices are linear: $25 = 250 credits, $100 = 1,000 credits', () => {
  expect(packageFor(dessert, cents(25_00n))?.credits).toBe(wholeCredits(250n));
  expect(packageFor(dessert, cents(100_00n))?.credits).toBe(wholeCredits(1_000n));
  expect(packageFor(dessert, cents(1_234_50n))?.credits).toBe(wholeCredits(12_345n));
  expect(packageFor(dessert, cents(4_90n))).toBeNull();
});

test('credits are deducted when the request is accepted', () => {
  expect(dessert.services['static']).toMatchObject({ settlement: 'on_accept', shortfall: 'refuse' });
  expect(dessert.services['full']).toMatchObject({ settlement: 'on_accept', shortfall: 'refuse' });
});

test('the bonus appears as Bonus, a failed delivery as Refund', () => {
  expect(wireKindOf(dessert, 'bonus')).toBe('Bonus');
  expect(wireKindOf(dessert, 'restore')).toBe('Refund');
  expect(wireKindOf(dessert, 'refund')).toBe('Refund');
});

test('auto-recharge: inside the request, threshold 20 credits, $25.00 = 250 credits', () => {
  expect(dessert.autoTopUp).toMatchObject({
    isInline: true,
    threshold: { preset: wholeCredits(20n) },
    size: { mode: 'amount', amountCents: { preset: cents(25_00n) } },
  });
});
