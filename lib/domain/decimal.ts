import type { Credits } from './credits';

const UNIT_DIGITS = 6;

/** Whole credits as programs and spreadsheets read them, exactly: `-12.5`, `1000`. */
export function decimalOf(amount: Credits): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(UNIT_DIGITS + 1, '0');
  const fraction = digits.slice(-UNIT_DIGITS).replace(/0+$/, '');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -UNIT_DIGITS)}${fraction === '' ? '' : `.${fraction}`}`;
}
