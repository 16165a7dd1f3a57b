import { describe, expect, test } from 'vitest';

import { packageOf, packagesOf } from '@/lib/domain/package-of';
import { priceOf } from '@/lib/domain/price-of';
import { aBook } from '@/test/pricing/a-book';

import { assemblyai } from './assemblyai';
import { audiopod } from './audiopod';
import { dessert } from './dessert';
import { dubbing } from './dubbing';
import { checked, WrongPriceBook } from './price-book';
import { roughy } from './roughy';

describe.each([roughy, dubbing, dessert, audiopod, assemblyai])('$id', (book) => {
  test('can be run', () => {
    expect(checked(book)).toBe(book);
  });

  test('sells whole cents of credits, by the ids that it offers', () => {
    const offered = packagesOf(book);
    expect(offered.length).toBeGreaterThan(2);
    for (const each of offered) {
      expect(packageOf(book, each.id)).toEqual(each);
      expect(each.credits * book.credit.rate.priceCents).toBe(each.priceCents * book.credit.rate.creditUnits);
    }
  });

  test.each(Object.keys(book.services))('has a price for %s', (service) => {
    const quantities = {
      milliseconds: 60_000n,
      maxMinutes: 1n,
      inputTokens: 1_000n,
      outputTokens: 1_000n,
      model: 'example-small',
    };
    const priced = priceOf(book, { service, quantities });
    expect(priced).toMatchObject({
      calculation: { priceBook: { id: book.id, version: book.version }, service },
    });
    expect('amount' in priced && priced.amount > 0n).toBe(true);
  });
});

test('a wrong book stops with every fault and its field', () => {
  const wrong = aBook({ currency: 'dollars', pendingPaymentDays: -1n });
  expect(() => checked(wrong)).toThrow(WrongPriceBook);
  expect(() => checked(wrong)).toThrow(
    `The price book a-book is wrong:
  currency: must be three lower-case letters, as usd
  pendingPaymentDays: must be above zero`,
  );
});
