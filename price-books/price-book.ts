import type { PriceBook } from '@/lib/domain/price-book';
import { env } from '@/lib/env';

import { dubbing } from './dubbing';

const books = { dubbing } satisfies Record<string, PriceBook>;

/** The price book that this installation runs. */
export const priceBook = (): PriceBook => books[env().COFFER_PRICE_BOOK];
