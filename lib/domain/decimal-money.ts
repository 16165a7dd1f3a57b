import { type Cents, cents } from './credits';

/** The decimals of a currency: two for dollars, none for yen. */
const digitsOf = (currency: string) =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency: currency.toUpperCase() }).resolvedOptions()
    .maximumFractionDigits ?? 2;

/** Money as a person types it, `1000` or `19.99`; null where it is none, or has more decimals than the currency. */
export function centsOfDecimal(text: string, currency: string): Cents | null {
  const digits = digitsOf(currency);
  const [, whole, fraction = ''] = /^(\d{1,10})(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined || fraction.length > digits) return null;
  return cents(BigInt(whole + fraction.padEnd(digits, '0')));
}

/** The same back, without decimals that are all zero. */
export function decimalOfCents(amount: Cents, currency: string): string {
  const digits = digitsOf(currency);
  const text = amount.toString().padStart(digits + 1, '0');
  const [whole, fraction] = [text.slice(0, text.length - digits), text.slice(text.length - digits)];
  return /^0*$/.test(fraction) ? whole : `${whole}.${fraction}`;
}
