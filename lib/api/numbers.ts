import { cents, type Cents, type Credits } from '@/lib/domain/credits';
import { decimalOfCredits } from '@/lib/domain/decimal-credits';
import { exactNumber } from '@/lib/domain/number-of';

/** Credits as the seeds' endpoints write them: whole ones are exact to 2^53, which no ledger holds; decimals below 2^33 credits. */
export const numberOfCredits = (amount: Credits): number => Number(decimalOfCredits(amount));

/** Money as the seeds' endpoints write it: dollars, with cents as decimals. */
export const numberOfCents = (amount: Cents): number => exactNumber(amount) / 100;

/** By its decimal text, which has at most two places: no float is multiplied. */
export function centsOfNumber(amount: number): Cents {
  const [whole = '0', fraction = ''] = `${amount}`.split('.');
  return cents(BigInt(whole + fraction.padEnd(2, '0')));
}
