import { describe, expect, test } from 'vitest';

import { wholeCredits } from '@/lib/domain/credits';
import { minutes, seconds } from '@/lib/domain/duration';
import { ENTRY_KINDS } from '@/lib/domain/entry';
import { wireKindOf } from '@/lib/domain/price-book';
import { priceOf } from '@/lib/domain/price-of';

import { roughy } from './roughy';

const asset = (milliseconds: bigint) => priceOf(roughy, { service: 'asset', quantities: { milliseconds } });

describe('1 credit per started minute of source media, rounded up', () => {
  test.each([
    { what: 'a 10-minute podcast', length: minutes(10n), credits: 10n },
    { what: 'a 90-second clip', length: seconds(90n), credits: 2n },
    { what: 'a minute', length: minutes(1n), credits: 1n },
    { what: 'a millisecond more', length: minutes(1n) + 1n, credits: 2n },
    { what: 'a moment', length: 1n, credits: 1n },
  ])('$what costs $credits', ({ length, credits }) => {
    expect(asset(length)).toMatchObject({ kind: 'priced', amount: wholeCredits(credits) });
  });

  test('and says how', () => {
    expect(asset(seconds(90n))).toMatchObject({
      calculation: { formula: '⌈90 s ÷ 60 s⌉ × 1 credit = 2 credits' },
    });
  });
});

test.each(['cut', 'render', 'export'])(
  'everything downstream is free: %s is nothing that is sold',
  (service) => {
    expect(priceOf(roughy, { service, quantities: {} })).toMatchObject({ because: 'unknown-service' });
  },
);

test('the charge settles after the asset is processed; a shortfall is pending_payment, purged after 30 days', () => {
  expect(roughy.services['asset']).toMatchObject({
    settlement: 'after_processing',
    shortfall: 'pending_payment',
  });
  expect(roughy).toMatchObject({ pendingPaymentDays: 30n, overdraft: 'none' });
});

test('the ledger speaks of the seed’s five entry types, and of no other', () => {
  const spoken = new Set(ENTRY_KINDS.map((kind) => wireKindOf(roughy, kind)));
  expect([...spoken].sort()).toEqual(['adjustment', 'consume_asset', 'expiry', 'refund', 'topup']);
  expect(wireKindOf(roughy, 'consume')).toBe('consume_asset');
  expect(wireKindOf(roughy, 'topup')).toBe('topup');
});

test('purchases stay, grants may grow stale', () => {
  expect(roughy.grants).toMatchObject({ purchaseExpiryDays: null, staffGrantExpiryDays: 365n });
});
