import type { Cents, Credits } from './credits';

/** An amount of credits at a price, offered as it stands. */
export type Package = {
  id: string;
  credits: Credits;
  priceCents: Cents;
};

/** What an operator edits: what a credit costs, how it is shown, and what can be bought. */
export type PriceBook = {
  id: string;
  /** Changes whenever a number in the book does; kept with what was bought under it. */
  version: string;
  credit: {
    singular: string;
    plural: string;
    /** Decimals that a screen shows, 0–6. */
    decimals: number;
    /** `creditUnits` of credits cost `priceCents`. */
    rate: { creditUnits: Credits; priceCents: Cents };
  };
  /** ISO 4217 in lower case, as Stripe writes it. */
  currency: string;
  packages: readonly Package[];
};

/** The package that `id` names, or null when the book does not offer it. */
export function packageOf(book: PriceBook, id: string): Package | null {
  return book.packages.find((offered) => offered.id === id) ?? null;
}
