/** Cents as people read them: `$50.00`, `¥500`, `−$5.00`. */
export const money = (amount: number, currency: string): string => {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  const written = format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  return written.replace('-', '−');
};

/** A day in UTC, in words. */
export const day = (seconds: number): string =>
  new Date(seconds * 1000).toLocaleDateString('en-US', {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  });

const brands: Record<string, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
};
export const brandName = (brand: string): string => brands[brand] ?? brand;

/** A name in lower case and underscores, as a heading or a state: `needs_response` is `Needs response`. */
export const spoken = (name: string): string => {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** A price of one, which may be less than a cent: `$0.0125`. */
export const unitPrice = (amount: string | number, currency: string): string => {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return new Intl.NumberFormat('en-US', { style: 'currency', currency, maximumFractionDigits: 12 }).format(
    Number(amount) / 10 ** digits,
  );
};
