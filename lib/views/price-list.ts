import type { PriceList } from '@/lib/contracts/price-list';
import { exampleTable } from '@/lib/domain/example-table';
import { examplesOf } from '@/lib/domain/example-works';
import { fieldsOf } from '@/lib/domain/price-fields';
import { priceInWords } from '@/lib/domain/price-in-words';
import { priceBook } from '@/price-books/price-book';

/** Every service of the price book: its price in words, work that was worked out, and what a form has to ask. */
export function readPriceList(): PriceList {
  const book = priceBook();
  return {
    priceBook: { id: book.id, version: book.version },
    services: Object.entries(book.services).map(([name, service]) => ({
      name,
      title: service.title,
      words: priceInWords(service, book.credit),
      examples: examplesOf(book, name).map(({ amount, calculation }) => ({
        formula: calculation.formula,
        amount,
      })),
      fields: fieldsOf(service.price),
    })),
    exampleTable: exampleTable(book),
  };
}
