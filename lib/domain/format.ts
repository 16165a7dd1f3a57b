import type { Cents, Credits } from './credits';

const TRUE_MINUS = '−';
const UNIT_DIGITS = 6;
const ENGLISH = 'en-US';

/** `12,480` or `−14.50`. Rounds towards zero, so that a balance never shows a credit it does not have. */
export function formatCredits(amount: Credits, decimals = 0): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(UNIT_DIGITS + 1, '0');
  const whole = BigInt(digits.slice(0, -UNIT_DIGITS)).toLocaleString(ENGLISH);
  const fraction = digits.slice(-UNIT_DIGITS).slice(0, decimals);
  const shown = fraction === '' ? whole : `${whole}.${fraction}`;
  const isZero = /^[0.,]+$/.test(shown);
  return amount < 0n && !isZero ? `${TRUE_MINUS}${shown}` : shown;
}

/** Always with its sign: `+500` or `−14`. */
export function formatDelta(amount: Credits, decimals = 0): string {
  const shown = formatCredits(amount, decimals);
  return amount > 0n ? `+${shown}` : shown;
}

/** `$50.00`, from Stripe's smallest unit and its lower-case currency. */
export function formatMoney(amount: Cents, currency: string): string {
  const format = new Intl.NumberFormat(ENGLISH, { style: 'currency', currency: currency.toUpperCase() });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const text = (amount < 0n ? -amount : amount).toString().padStart(digits + 1, '0');
  const decimal = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return `${amount < 0n ? TRUE_MINUS : ''}${format.format(decimal as Intl.StringNumericLiteral)}`;
}
