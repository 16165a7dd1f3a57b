import { describe, expect, test } from 'vitest';

import { StartTopUp } from '@/lib/contracts/top-up';

import { endPurchaseAttempt, newAttemptId, purchaseAttempt } from './purchase-attempt';

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (index: number) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
}

function ids() {
  let count = 0;
  return () => `id-${++count}`;
}

describe('a purchase attempt', () => {
  test('has an id that the contract takes, and never the same twice', () => {
    const made = Array.from({ length: 100 }, () => newAttemptId());
    expect(new Set(made).size).toBe(100);
    for (const id of made)
      expect(StartTopUp.safeParse({ id, packageId: 'small', savesCard: false }).success).toBe(true);
  });

  test('asked for twice is the same one', () => {
    const [kept, newId] = [storage(), ids()];
    expect(purchaseAttempt(kept, 'small', newId)).toBe('id-1');
    expect(purchaseAttempt(kept, 'small', newId)).toBe('id-1');
  });

  test('for another package is another one', () => {
    const [kept, newId] = [storage(), ids()];
    expect(purchaseAttempt(kept, 'small', newId)).not.toBe(purchaseAttempt(kept, 'large', newId));
  });

  test('for another package ends the one before: its payment page is closed', () => {
    const [kept, newId] = [storage(), ids()];
    purchaseAttempt(kept, 'small', newId);
    purchaseAttempt(kept, 'large', newId);
    expect(purchaseAttempt(kept, 'small', newId)).toBe('id-3');
  });

  test('that has ended makes room for a new one, and leaves all else alone', () => {
    const [kept, newId] = [storage(), ids()];
    purchaseAttempt(kept, 'small', newId);
    kept.setItem('of-someone-else', 'id-1');

    endPurchaseAttempt(kept, 'id-9');
    expect(purchaseAttempt(kept, 'small', newId)).toBe('id-1');
    endPurchaseAttempt(kept, 'id-1');

    expect(purchaseAttempt(kept, 'small', newId)).toBe('id-2');
    expect(kept.getItem('of-someone-else')).toBe('id-1');
  });
});
