import { takenOff, type Reducible } from './discounts';
import type { LineTax, TaxRate } from './objects';
import type { KeptDiscount } from './store';
import { automaticTax, namedTax, type Payer } from './tax';
import type { Context } from './world';

/** A line before anything is taken off it or put on it. */
export type Line = Reducible & { behavior: 'exclusive' | 'inclusive'; rates: TaxRate[] };

export type Reckoned = { discounts: { discount: string; amount: number }[]; taxes: LineTax[] };

type Terms = {
  discounts: KeptDiscount[];
  /** Tax follows the payer; without one it follows the rates that the lines name. */
  payer: Payer | null;
};

/** What is taken off each line, and the tax in or on what is left of it. */
export const reckon = (ctx: Context, lines: Line[], { discounts, payer }: Terms): Reckoned[] => {
  const off = takenOff(lines, discounts);
  return lines.map((line, index) => {
    const taken = discounts
      .map(({ id }, which) => ({ discount: id, amount: off[which]?.[index] ?? 0 }))
      .filter(({ amount }) => amount > 0);
    const amount = line.amount - taken.reduce((sum, one) => sum + one.amount, 0);
    const taxes =
      payer === null
        ? namedTax(line.rates, amount)
        : automaticTax(ctx, payer, { amount, behavior: line.behavior });
    return { discounts: taken, taxes };
  });
};

/** What each discount comes to over all lines. */
export const totalDiscounts = (lines: Reckoned[]): Reckoned['discounts'] => {
  const sums = new Map<string, number>();
  for (const { discount, amount } of lines.flatMap(({ discounts }) => discounts)) {
    sums.set(discount, (sums.get(discount) ?? 0) + amount);
  }
  return [...sums].map(([discount, amount]) => ({ discount, amount }));
};

/** A price that says nothing of tax has it on top. */
export const behaviorOf = (said: string | null | undefined): 'exclusive' | 'inclusive' =>
  said === 'inclusive' ? 'inclusive' : 'exclusive';
