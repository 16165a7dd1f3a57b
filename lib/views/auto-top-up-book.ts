import type { AutoTopUpBook } from '@/lib/domain/price-book';
import { priceBook } from '@/price-books/price-book';

/** What of the price book a browser needs to say what a rule would do. */
export function readAutoTopUpBook(): AutoTopUpBook {
  const { credit, currency, sale, autoTopUp, pendingPaymentDays } = priceBook();
  return { credit, currency, sale, autoTopUp, pendingPaymentDays };
}
