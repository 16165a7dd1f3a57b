import type { Offer } from '@/lib/contracts/offer';
import type { Cents } from '@/lib/domain/credits';
import { amountOfId, idOfAmount } from '@/lib/domain/package-of';
import { amountAsTyped, amountMistake, typedAmount } from '@/lib/domain/typed-amount';

/** One of the offered packages by its id, or `ANY_AMOUNT` and what was typed. */
export type PurchaseChoice = { picked: string; typed: string };

export const ANY_AMOUNT = 'any-amount';

/** What is chosen when the page opens: what was wanted, or else the first package; null where nothing is sold. */
export function firstChoice(
  { packages, freeAmount, currency }: Offer,
  wanted: string | null,
): PurchaseChoice | null {
  const [first] = packages;
  if (first === undefined) return null;
  const again = packages.find(({ id }) => id === wanted);
  if (again !== undefined) return { picked: again.id, typed: '' };
  const amount = wanted === null || freeAmount === null ? null : amountOfId(wanted);
  return amount === null
    ? { picked: first.id, typed: '' }
    : { picked: ANY_AMOUNT, typed: amountAsTyped(amount, currency) };
}

/** What would be paid for; null while an amount is typed that is not sold. */
export function purchaseOf(
  { packages, freeAmount, currency }: Offer,
  { picked, typed }: PurchaseChoice,
): { packageId: string; priceCents: Cents } | null {
  const offered = packages.find(({ id }) => id === picked);
  if (offered !== undefined) return { packageId: offered.id, priceCents: offered.priceCents };
  const amount = typedAmount(typed, currency);
  if (amount === null || freeAmount === null) return null;
  return amountMistake(freeAmount, amount, currency) === null
    ? { packageId: idOfAmount(amount), priceCents: amount }
    : null;
}
