import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Balance } from '@/lib/contracts/balance';
import { cents, credits } from '@/lib/domain/credits';

import { balanceParts } from './balance-parts';

const balance = (available: bigint, held: bigint, expiringSoon = 0n, frozen = 0n): Balance => ({
  total: credits(available + held),
  available: credits(available),
  held: credits(held),
  frozen: credits(frozen),
  expiringSoon: credits(expiringSoon),
  worth: cents(0n),
  currency: 'usd',
  asOf: new Date('2026-11-22T10:41:00Z'),
});
const cutToWhole = (units: bigint) => (units / 1_000_000n) * 1_000_000n;

describe('balanceParts', () => {
  test('what is shown adds up to the total that is shown, however it rounds', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), fc.bigInt(0n, 10n ** 12n), (available, held) => {
        const parts = balanceParts(balance(available, held), 0);
        expect(parts.lasting + parts.expiring + parts.held).toBe(cutToWhole(available + held));
      }),
    );
  });

  test('credits that expire soon are part of what is available', () => {
    const parts = balanceParts(balance(900_000_000n, 100_000_000n, 200_000_000n), 0);
    expect(parts).toMatchObject({ available: 900_000_000n, expiring: 200_000_000n, lasting: 700_000_000n });
    expect(parts.shares).toEqual({ lasting: 0.7, expiring: 0.2, held: 0.1 });
  });

  test('what a dispute froze is a part of what is held, and is named apart', () => {
    const parts = balanceParts(balance(100_000_000n, 300_000_000n, 0n, 250_000_000n), 0);
    expect(parts).toMatchObject({ held: 300_000_000n, running: 50_000_000n, frozen: 250_000_000n });
  });

  test.each([
    { state: 'a debt', given: balance(-5_000_000n, 0n) },
    { state: 'nothing', given: balance(0n, 0n) },
    { state: 'more held than there is', given: balance(-5_000_000n, 20_000_000n) },
  ])('$state has no bar', ({ given }) => {
    expect(balanceParts(given, 0).shares).toBeNull();
  });
});
