import { describe, expect, test } from 'vitest';

import type { Offer } from '@/lib/contracts/offer';
import { cents, wholeCredits } from '@/lib/domain/credits';

import { ANY_AMOUNT, firstChoice, purchaseOf } from './purchase-choice';

const PACKAGES: Offer = {
  credit: { singular: 'credit', plural: 'credits', decimals: 0 },
  currency: 'usd',
  lastsDays: null,
  packages: [
    { id: '500', credits: wholeCredits(500n), priceCents: cents(5_00n), priceOfOneCredit: '$0.01' },
    { id: '5000', credits: wholeCredits(5_000n), priceCents: cents(50_00n), priceOfOneCredit: '$0.01' },
  ],
  freeAmount: null,
};
const FREE: Offer = {
  ...PACKAGES,
  packages: [
    { id: 'amount-1000', credits: wholeCredits(100n), priceCents: cents(10_00n), priceOfOneCredit: '$0.10' },
  ],
  freeAmount: {
    leastCents: cents(5_00n),
    mostCents: cents(1_000_00n),
    stepCents: cents(10n),
    rate: { creditUnits: wholeCredits(1n), priceCents: cents(10n) },
  },
};

describe('what is chosen at first', () => {
  test.each([
    { rule: 'is the first package', offer: PACKAGES, left: null, is: { picked: '500', typed: '' } },
    {
      rule: 'is the package that was left',
      offer: PACKAGES,
      left: '5000',
      is: { picked: '5000', typed: '' },
    },
    {
      rule: 'is the first where the left one is gone',
      offer: PACKAGES,
      left: '1',
      is: { picked: '500', typed: '' },
    },
    {
      rule: 'is no amount where none is sold',
      offer: PACKAGES,
      left: 'amount-700',
      is: { picked: '500', typed: '' },
    },
    {
      rule: 'is the suggested amount that was left',
      offer: FREE,
      left: 'amount-1000',
      is: { picked: 'amount-1000', typed: '' },
    },
    {
      rule: 'is the typed amount that was left',
      offer: FREE,
      left: 'amount-1230',
      is: { picked: ANY_AMOUNT, typed: '12.30' },
    },
    { rule: 'is nothing where nothing is sold', offer: { ...PACKAGES, packages: [] }, left: null, is: null },
  ])('$rule', ({ offer, left, is }) => {
    expect(firstChoice(offer, left)).toEqual(is);
  });
});

describe('what would be paid', () => {
  test.each([
    { rule: 'is the package’s price', offer: PACKAGES, picked: '5000', typed: '7', pays: '5000 5000' },
    { rule: 'is what was typed', offer: FREE, picked: ANY_AMOUNT, typed: '12.3', pays: 'amount-1230 1230' },
    { rule: 'is nothing below the least', offer: FREE, picked: ANY_AMOUNT, typed: '4.99', pays: null },
    { rule: 'is nothing between the steps', offer: FREE, picked: ANY_AMOUNT, typed: '12.34', pays: null },
    { rule: 'is nothing while nothing is typed', offer: FREE, picked: ANY_AMOUNT, typed: '', pays: null },
    {
      rule: 'is no amount where none is sold',
      offer: PACKAGES,
      picked: ANY_AMOUNT,
      typed: '12.30',
      pays: null,
    },
  ])('$rule', ({ offer, picked, typed, pays }) => {
    const purchase = purchaseOf(offer, { picked, typed });
    expect(purchase === null ? null : `${purchase.packageId} ${purchase.priceCents}`).toBe(pays);
  });
});
