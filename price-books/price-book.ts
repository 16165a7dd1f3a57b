import type { PriceBook } from '@/lib/domain/price-book';
import { validatePriceBook } from '@/lib/domain/validate-price-book';
import { type Env, env, WrongEnvironment } from '@/lib/env';

import { assemblyai } from './assemblyai';
import { audiopod } from './audiopod';
import { dessert } from './dessert';
import { dubbing } from './dubbing';
import { roughy } from './roughy';

const books: Readonly<Record<Env['COFFER_PRICE_BOOK'], PriceBook>> = {
  roughy,
  dubbing,
  dessert,
  audiopod,
  assemblyai,
};

let known: PriceBook | undefined;

/** The price book that this installation runs, checked once. Throws `WrongPriceBook` with all that is wrong in it. */
export const priceBook = (): PriceBook => (known ??= checked(books[env().COFFER_PRICE_BOOK]));

/** The price book cannot be run: one line a fault, with its field. */
export class WrongPriceBook extends WrongEnvironment {}

/** The same book, when it has no fault. */
export function checked(book: PriceBook): PriceBook {
  const faults = validatePriceBook(book);
  if (faults.length === 0) return book;
  const lines = faults.map(({ path, message }) => `  ${path}: ${message}`);
  throw new WrongPriceBook(`The price book ${book.id} is wrong:\n${lines.join('\n')}`);
}
