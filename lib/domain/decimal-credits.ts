import { type Credits, credits } from './credits';

const PLACES = 6;

/** Credits as the public API writes them: a decimal without an exponent, and no more places than it needs. */
export function decimalOfCredits(amount: Credits): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(PLACES + 1, '0');
  const whole = digits.slice(0, -PLACES);
  const fraction = digits.slice(-PLACES).replace(/0+$/, '');
  return `${amount < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The credits that such a decimal says, or null where it says none: more than six places, a sign, or no number. */
export function creditsOfDecimal(text: string): Credits | null {
  const [, whole, fraction = ''] = /^(0|[1-9]\d{0,11})(?:\.(\d{1,6}))?$/.exec(text) ?? [];
  if (whole === undefined) return null;
  return credits(BigInt(whole + fraction.padEnd(PLACES, '0')));
}
