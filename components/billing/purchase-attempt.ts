const PREFIX = 'coffer.purchase.';

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** A random UUID, also on a plain http address, where browsers leave `crypto.randomUUID` out. */
export function newAttemptId(): string {
  const random = crypto.getRandomValues(new Uint8Array(16));
  const versioned = random.map((byte, at) => {
    if (at === 6) return (byte & 0x0f) | 0x40;
    return at === 8 ? (byte & 0x3f) | 0x80 : byte;
  });
  const hex = Array.from(versioned, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

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
