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

/**
 * The attempt's id for what is bought, and how: a double click, a retry and a reload are the same purchase. Another one
 * ends it: the server closes the payment page that was left.
 */
export function purchaseAttempt(kept: Kept, what: string, newId: () => string): string {
  const known = kept.getItem(PREFIX + what);
  if (known !== null) return known;
  const id = newId();
  for (const key of attemptsIn(kept)) kept.removeItem(key);
  kept.setItem(PREFIX + what, id);
  return id;
}

/** Called only when the attempt is known to have ended; the next press is then another purchase. */
export function endPurchaseAttempt(kept: Kept, id: string): void {
  for (const key of attemptsIn(kept)) if (kept.getItem(key) === id) kept.removeItem(key);
}

const attemptsIn = (kept: Kept): string[] =>
  Array.from({ length: kept.length }, (_, index) => kept.key(index) ?? '').filter((key) =>
    key.startsWith(PREFIX),
  );
