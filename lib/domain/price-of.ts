import { type Calculation, recompute } from './calculation';
import type { Credits } from './credits';
import { formulaOf } from './formula-of';
import { linesOf, written } from './lines-of';
import { type PriceBook, serviceOf } from './price-book';
import { type PriceRefusal, refused } from './price-refusal';
import type { Rounding } from './ratio';
import type { Work } from './work';
import { writtenQuantities } from './written-quantities';

/** What work costs, and how that came about. */
export type Priced = {
  readonly kind: 'priced';
  /** Never below zero, and never above what was quoted. */
  readonly amount: Credits;
  readonly calculation: Calculation;
};

/** The price of `work` under `book`; at most `quoted`, where that much was promised. A caller's mistake is refused. */
export function priceOf(book: PriceBook, work: Work, quoted: Credits | null = null): Priced | PriceRefusal {
  const service = serviceOf(book, work.service);
  if (service === null) return unknownService(book);
  const { price } = service;
  const lines = linesOf(price, work);
  if ('kind' in lines) return lines;

  const terms = {
    service: work.service,
    lines,
    rounding: written('rounding' in price ? price.rounding : EXACT),
    minimum: ('minimum' in price ? price.minimum : 0n).toString(),
    quoted: quoted === null ? null : quoted.toString(),
  };
  const calculation: Calculation = {
    priceBook: { id: book.id, version: book.version },
    inputs: writtenQuantities(work.quantities),
    ...terms,
    formula: formulaOf(terms, book.credit),
  };
  const amount = recompute(calculation);
  if (amount > MOST_CREDITS)
    return refused('absurd-amount', 'service', 'This would cost too much to be meant.');
  return { kind: 'priced', amount, calculation };
}

/** Whole numbers of the ledger's units, for prices that come out whole. */
const EXACT: Rounding = { direction: 'down', step: 1n };
/** A million million credits: well inside the ledger's 64 bits. */
const MOST_CREDITS = 10n ** 18n;

const unknownService = ({ services }: PriceBook) =>
  refused('unknown-service', 'service', `No such service. Known: ${Object.keys(services).join(', ')}.`);
