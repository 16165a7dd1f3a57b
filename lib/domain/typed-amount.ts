import { type Cents, cents } from './credits';
import { formatMoney } from './format';
import type { FreeAmount } from './price-book';

type Bounds = Pick<FreeAmount, 'leastCents' | 'mostCents' | 'stepCents'>;

const digitsOf = (currency: string) =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency: currency.toUpperCase() }).resolvedOptions()
    .maximumFractionDigits ?? 2;

/** The money that somebody typed, `12.5` or `1,000`; null where it is no amount of that currency. */
export function typedAmount(text: string, currency: string): Cents | null {
  const typed = /^\s*(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d*))?\s*$/.exec(text);
  const [, whole = '', fraction = ''] = typed ?? [];
  const digits = digitsOf(currency);
  if (typed === null || fraction.length > digits) return null;
  return cents(BigInt(whole.replaceAll(',', '') + fraction.padEnd(digits, '0')));
}

/** An amount as it would be typed: `12.50`. */
export function amountAsTyped(amount: Cents, currency: string): string {
  const digits = digitsOf(currency);
  const text = amount.toString().padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** What is wrong with an amount that somebody wants to pay, as a sentence; null when it is sold. */
export function amountMistake(
  { leastCents, mostCents, stepCents }: Bounds,
  amount: Cents | null,
  currency: string,
): string | null {
  const said = (money: Cents) => formatMoney(money, currency);
  if (amount === null || amount < leastCents || amount > mostCents) {
    return `Enter an amount from ${said(leastCents)} to ${said(mostCents)}.`;
  }
  return amount % stepCents === 0n ? null : `Enter an amount in steps of ${said(stepCents)}.`;
}
