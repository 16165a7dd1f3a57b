const MOST_CHARACTERS = 254;

/** One address, one spelling; null for what is no plain address. Look-alike characters are folded before the check. */
export function normalizeEmail(text: string): string | null {
  const address = text.normalize('NFKC').trim().toLowerCase();
  const isPlain =
    /^[^\s@\p{Cc}\p{Cf}"(),:;<>[\]\\]+@[^\s@\p{Cc}\p{Cf}"(),:;<>[\]\\]+\.[^\s@.\p{Cc}\p{Cf}]+$/u.test(
      address,
    );
  return isPlain && address.length <= MOST_CHARACTERS ? address : null;
}
