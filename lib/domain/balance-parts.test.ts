import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type BalanceAmounts, balanceParts } from './balance-parts';
import { credits } from './credits';

const WHOLE = { decimals: 0, threshold: null };

const balance = (available: bigint, held: bigint, expiringSoon = 0n, frozen = 0n): BalanceAmounts => ({
  total: credits(available + held),
  available: credits(available),
  frozen: credits(frozen),
  expiringSoon: credits(expiringSoon),
});

/** Any balance that the ledger may have: parts of parts are no larger than what they are of. */
const anyBalance = fc
  .record({
    lasting: fc.bigInt(0n, 10n ** 12n),
    expiring: fc.bigInt(0n, 10n ** 12n),
    running: fc.bigInt(0n, 10n ** 12n),
    frozen: fc.bigInt(0n, 10n ** 12n),
  })
  .map(({ lasting, expiring, running, frozen }) =>
    balance(lasting + expiring, running + frozen, expiring, frozen),
  );

describe('balanceParts', () => {
  test('the four parts that are shown add up to the total that is shown, however it rounds', () => {
    fc.assert(
      fc.property(anyBalance, fc.integer({ min: 0, max: 6 }), (given, decimals) => {
        const step = 10n ** BigInt(6 - decimals);
        const parts = balanceParts(given, { decimals, threshold: null });
        expect(parts.lasting + parts.expiring + parts.running + parts.frozen).toBe(
          (given.total / step) * step,
        );
        expect(parts.lasting + parts.expiring).toBeLessThanOrEqual(given.available);
        for (const part of [parts.lasting, parts.expiring, parts.running, parts.frozen])
          expect(part).toBeGreaterThanOrEqual(0n);
      }),
    );
  });

  test('the bar is never fuller than whole, and its mark lies on it', () => {
    fc.assert(
      fc.property(anyBalance, fc.bigInt(1n, 10n ** 13n).map(credits), (given, threshold) => {
        const { shares } = balanceParts(given, { decimals: 0, threshold });
        if (shares === null) return;
        const { lasting, expiring, held } = shares;
        expect(lasting + expiring + held).toBeLessThanOrEqual(1.000_001);
        expect(shares.threshold).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('credits that expire soon are part of what is available', () => {
    const parts = balanceParts(balance(900_000_000n, 100_000_000n, 200_000_000n), WHOLE);
    expect(parts).toMatchObject({ available: 900_000_000n, expiring: 200_000_000n, lasting: 700_000_000n });
    expect(parts.shares).toEqual({ lasting: 0.7, expiring: 0.2, held: 0.1, threshold: null });
  });

  test('what a dispute froze is a part of what is held, and is named apart', () => {
    const parts = balanceParts(balance(100_000_000n, 300_000_000n, 0n, 250_000_000n), WHOLE);
    expect(parts).toMatchObject({ held: 300_000_000n, running: 50_000_000n, frozen: 250_000_000n });
  });

  test.each([
    { state: 'above its threshold, the mark is on the bar', threshold: 200n, mark: 0.2, lasting: 1 },
    { state: 'below its threshold, the bar is short of the mark', threshold: 2_000n, mark: 1, lasting: 0.5 },
  ])('$state', ({ threshold, mark, lasting }) => {
    const { shares } = balanceParts(balance(1_000_000_000n, 0n), {
      decimals: 0,
      threshold: credits(threshold * 1_000_000n),
    });
    expect(shares).toMatchObject({ threshold: mark, lasting });
  });

  test.each([
    { state: 'a debt', given: balance(-5_000_000n, 0n) },
    { state: 'nothing', given: balance(0n, 0n) },
    { state: 'more held than there is', given: balance(-5_000_000n, 20_000_000n) },
  ])('$state has no bar', ({ given }) => {
    expect(balanceParts(given, WHOLE).shares).toBeNull();
  });
});
