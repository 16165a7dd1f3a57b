import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cents, wholeCredits } from './credits';
import {
  type ChargedInvoice,
  type Checkout,
  settlementOf,
  settlementOfInvoice,
  TOP_UP_STATUSES,
  type TopUp,
} from './top-up';

const TOP_UP: TopUp = {
  id: 'top-up-1',
  status: 'open',
  credits: wholeCredits(5_000n),
  priceCents: cents(50_00n),
  currency: 'usd',
};
const CUSTOMER = 'cus_1';
const PAID: Checkout = {
  session: 'cs_1',
  topUpId: 'top-up-1',
  customer: CUSTOMER,
  currency: 'usd',
  subtotal: cents(50_00n),
  received: cents(50_00n),
  page: 'complete',
  money: 'paid',
  payment: 'pi_1',
  invoice: 'in_1',
};

describe('settlementOf', () => {
  test.each<{ rule: string; topUp?: Partial<TopUp>; checkout?: Partial<Checkout>; settlement: object }>([
    { rule: 'a paid page credits', settlement: { kind: 'credit' } },
    {
      rule: 'a page that a promotion code paid for credits',
      checkout: { money: 'not-required', received: cents(0n), payment: null },
      settlement: { kind: 'credit' },
    },
    {
      rule: 'tax on top changes nothing',
      checkout: { received: cents(59_50n) },
      settlement: { kind: 'credit' },
    },
    {
      rule: 'news that overtook its own page credits',
      topUp: { status: 'started' },
      settlement: { kind: 'credit' },
    },
    {
      rule: 'money that comes after giving up still credits',
      topUp: { status: 'abandoned' },
      settlement: { kind: 'credit' },
    },
    {
      rule: 'a second telling changes nothing',
      topUp: { status: 'credited' },
      settlement: { kind: 'leave', because: 'already-credited' },
    },
    {
      rule: 'late news of expiry does not take credits back',
      topUp: { status: 'credited' },
      checkout: { page: 'expired', money: 'unpaid' },
      settlement: { kind: 'leave', because: 'already-credited' },
    },
    {
      rule: 'an open page is open',
      topUp: { status: 'started' },
      checkout: { page: 'open', money: 'unpaid' },
      settlement: { kind: 'move', to: 'open' },
    },
    {
      rule: 'an open page stays open',
      checkout: { page: 'open', money: 'unpaid' },
      settlement: { kind: 'leave', because: 'nothing-new' },
    },
    {
      rule: 'completed and unpaid waits for the bank',
      checkout: { money: 'unpaid' },
      settlement: { kind: 'move', to: 'processing' },
    },
    {
      rule: 'completed and refused has failed',
      checkout: { money: 'refused' },
      settlement: { kind: 'move', to: 'failed' },
    },
    {
      rule: 'an expired page was abandoned',
      checkout: { page: 'expired', money: 'unpaid' },
      settlement: { kind: 'move', to: 'abandoned' },
    },
    {
      rule: 'another top-up’s page',
      checkout: { topUpId: 'top-up-2' },
      settlement: { kind: 'refuse', because: 'another-top-up' },
    },
    {
      rule: 'a page without our mark',
      checkout: { topUpId: null },
      settlement: { kind: 'refuse', because: 'another-top-up' },
    },
    {
      rule: 'another customer’s page',
      checkout: { customer: 'cus_2' },
      settlement: { kind: 'refuse', because: 'another-customer' },
    },
    {
      rule: 'nobody’s page',
      checkout: { customer: null },
      settlement: { kind: 'refuse', because: 'another-customer' },
    },
    {
      rule: 'another currency',
      checkout: { currency: 'eur' },
      settlement: { kind: 'refuse', because: 'another-currency' },
    },
    {
      rule: 'a smaller price',
      checkout: { subtotal: cents(5_00n) },
      settlement: { kind: 'refuse', because: 'another-amount' },
    },
  ])('$rule', ({ topUp, checkout, settlement }) => {
    expect(settlementOf({ ...TOP_UP, ...topUp }, [CUSTOMER], { ...PAID, ...checkout })).toEqual(settlement);
  });

  test('an account without a customer at Stripe is never credited', () => {
    expect(settlementOf(TOP_UP, [], PAID)).toEqual({ kind: 'refuse', because: 'another-customer' });
  });

  test('credits follow from money alone, and never twice', () => {
    const status = fc.constantFrom(...TOP_UP_STATUSES);
    const page = fc.constantFrom<Checkout['page'][]>('open', 'complete', 'expired');
    const money = fc.constantFrom<Checkout['money'][]>('unpaid', 'paid', 'not-required', 'refused');
    fc.assert(
      fc.property(status, page, money, (before, at, paid) => {
        const { kind } = settlementOf({ ...TOP_UP, status: before }, [CUSTOMER], {
          ...PAID,
          page: at,
          money: paid,
        });
        const isPaid = at === 'complete' && (paid === 'paid' || paid === 'not-required');
        expect(kind === 'credit').toBe(isPaid && before !== 'credited');
      }),
    );
  });
});

const CHARGED: ChargedInvoice = {
  invoice: 'in_1',
  topUpId: 'top-up-1',
  customer: CUSTOMER,
  currency: 'usd',
  subtotal: cents(50_00n),
  received: cents(50_00n),
  state: 'paid',
  payment: 'pi_1',
};
const NOTHING_NEW = { kind: 'leave', because: 'nothing-new' };

describe('settlementOfInvoice', () => {
  test.each<{ rule: string; topUp?: Partial<TopUp>; invoice?: Partial<ChargedInvoice>; settlement: object }>([
    { rule: 'a paid invoice credits', settlement: { kind: 'credit' } },
    {
      rule: 'money that comes after all credits',
      topUp: { status: 'failed' },
      settlement: { kind: 'credit' },
    },
    {
      rule: 'a second telling changes nothing',
      topUp: { status: 'credited' },
      settlement: { kind: 'leave', because: 'already-credited' },
    },
    {
      rule: 'an empty draft says nothing',
      invoice: { state: 'empty', subtotal: cents(0n) },
      settlement: NOTHING_NEW,
    },
    { rule: 'a draft says nothing', invoice: { state: 'ready' }, settlement: NOTHING_NEW },
    { rule: 'a declined card is no end', invoice: { state: 'declined' }, settlement: NOTHING_NEW },
    {
      rule: 'nor is one that waits for its holder',
      invoice: { state: 'authentication-required' },
      settlement: NOTHING_NEW,
    },
    {
      rule: 'a bank that has not answered is waited for',
      invoice: { state: 'processing' },
      settlement: { kind: 'move', to: 'processing' },
    },
    { rule: 'a void one has failed', invoice: { state: 'void' }, settlement: { kind: 'move', to: 'failed' } },
    {
      rule: 'once',
      topUp: { status: 'failed' },
      invoice: { state: 'void' },
      settlement: NOTHING_NEW,
    },
    {
      rule: 'another purchase’s money is not taken',
      invoice: { topUpId: 'top-up-2' },
      settlement: { kind: 'refuse', because: 'another-top-up' },
    },
    {
      rule: 'nor another customer’s',
      invoice: { customer: 'cus_2' },
      settlement: { kind: 'refuse', because: 'another-customer' },
    },
    {
      rule: 'nor another amount, were it nothing',
      invoice: { subtotal: cents(0n) },
      settlement: { kind: 'refuse', because: 'another-amount' },
    },
  ])('$rule', ({ topUp, invoice, settlement }) => {
    const charged = { ...CHARGED, ...invoice };
    expect(settlementOfInvoice({ ...TOP_UP, status: 'started', ...topUp }, [CUSTOMER], charged)).toEqual(
      settlement,
    );
  });
});
