import type { AccountCtx } from '@/lib/db/context';
import { AppError } from '@/lib/domain/app-error';
import type { Credits } from '@/lib/domain/credits';
import { type Quote, quoteOf } from '@/lib/domain/quote-of';
import type { Work } from '@/lib/domain/work';
import { priceBook } from '@/price-books/price-book';

import { QUOTE_HOURS, signQuote } from './quote-tokens';
import { priceRefused } from './refusals';

export type QuoteGiven = Quote & { tokens: string[]; expiresAt: Date };

/** What a list of work would cost now, each promised for a day. Nothing is charged. */
export function quoteWork(
  { accountId, now }: AccountCtx,
  works: readonly Work[],
  { available }: { available: Credits },
): QuoteGiven {
  const quote = quoteOf(priceBook(), works, { available });
  if (quote.kind === 'refused') {
    const [first] = quote.refusals;
    if (!first) throw new Error('A quote was refused for no reason');
    const refusal = priceRefused(first);
    if (works.length === 1) throw refusal;
    throw new AppError(refusal.code, refusal.message, {
      param: `items.${first.index}.${refusal.details.param}`,
    });
  }
  const expiresAt = new Date(now.getTime() + QUOTE_HOURS * 3_600_000);
  const tokens = works.map((work, index) =>
    signQuote({ accountId, work, amount: quote.priced[index]?.amount ?? quote.amount }, expiresAt),
  );
  return { ...quote, tokens, expiresAt };
}
