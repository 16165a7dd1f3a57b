import type { Estimate } from '@/lib/contracts/estimate';
import type { AccountCtx } from '@/lib/db/context';
import { worthOf } from '@/lib/domain/credits';
import { columnOf } from '@/lib/domain/price-fields';
import type { PriceRefusal } from '@/lib/domain/price-refusal';
import { quoteOf } from '@/lib/domain/quote-of';
import { MEASURES, type Work } from '@/lib/domain/work';
import { workOfRecord, type WorkRecord } from '@/lib/domain/work-of-record';
import { priceBook } from '@/price-books/price-book';

import { readBalance } from './balance';

type WrittenWork = { line: number; record: WorkRecord };
type Mistake = { line: number; message: string };

/** What written work would cost, as the API quotes it, and whether it is covered. Every mistake is said, by its line. */
export async function readEstimate(
  ctx: AccountCtx,
  written: readonly WrittenWork[],
  known: readonly Mistake[] = [],
): Promise<Estimate> {
  const works: { line: number; work: Work }[] = [];
  const mistakes = [...known];
  for (const { line, record } of written) {
    const work = workOfRecord(record);
    if ('mistakes' in work) mistakes.push(...work.mistakes.map((message) => ({ line, message })));
    else works.push({ line, work });
  }

  const book = priceBook();
  const { available } = await readBalance(ctx);
  const quote = quoteOf(
    book,
    works.map(({ work }) => work),
    { available },
  );
  const lineOf = (index: number) => works[index]?.line ?? 0;
  if (quote.kind === 'refused')
    mistakes.push(
      ...quote.refusals.map((refusal) => ({ line: lineOf(refusal.index), message: mistakeOf(refusal) })),
    );
  if (quote.kind === 'refused' || mistakes.length > 0)
    return { kind: 'mistakes', mistakes: mistakes.toSorted((a, b) => a.line - b.line) };
  return {
    kind: 'estimated',
    lines: quote.priced.map(({ amount, calculation: { service, formula } }, index) => ({
      line: lineOf(index),
      service,
      amount,
      formula,
    })),
    amount: quote.amount,
    worth: worthOf(quote.amount, book.credit.rate),
    available,
    sufficient: quote.sufficient,
    shortfall: quote.shortfall,
    currency: book.currency,
  };
}

/** A mistake by the name of the column in which it is. */
function mistakeOf({ field, message }: PriceRefusal): string {
  const measure = MEASURES.find((name) => name === field);
  return measure === undefined ? message : message.replaceAll(measure, columnOf(measure));
}
