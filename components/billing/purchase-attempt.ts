const PREFIX = 'coffer.purchase.';

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** The attempt's id for a package: a double click, a retry and a reload are the same purchase. */
export function purchaseAttempt(kept: Kept, packageId: string, newId: () => string): string {
  const known = kept.getItem(PREFIX + packageId);
  if (known !== null) return known;
  const id = newId();
  kept.setItem(PREFIX + packageId, id);
  return id;
}

/** Called only when the attempt is known to have ended; the next press is then another purchase. */
export function endPurchaseAttempt(kept: Kept, id: string): void {
  const keys = Array.from({ length: kept.length }, (_, index) => kept.key(index));
  for (const key of keys) {
    if (key?.startsWith(PREFIX) === true && kept.getItem(key) === id) kept.removeItem(key);
  }
}
