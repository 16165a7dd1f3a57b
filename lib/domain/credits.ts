declare const unit: unique symbol;
type Amount<Unit extends string> = bigint & { readonly [unit]: Unit };

/** Prepaid credit in millionths, the ledger's smallest unit. Never a float. */
export type Credits = Amount<'micro-credits'>;
/** Money as Stripe counts it: the currency's smallest unit. */
export type Cents = Amount<'cents'>;

export const credits = (units: bigint) => units as Credits;
export const cents = (amount: bigint) => amount as Cents;

const UNITS_PER_CREDIT = 1_000_000n;

/** So many whole credits. */
export const wholeCredits = (count: bigint) => credits(count * UNITS_PER_CREDIT);

/** What `amount` of credits cost at the price book's rate, rounded down to a whole cent; a debt is worth nothing. */
export function worthOf(amount: Credits, rate: { creditUnits: Credits; priceCents: Cents }): Cents {
  if (amount <= 0n) return cents(0n);
  return cents((amount * rate.priceCents) / rate.creditUnits);
}
