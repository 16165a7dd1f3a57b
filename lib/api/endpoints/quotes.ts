import { QuoteAnswer, QuoteRequest } from '@/lib/contracts/api/quote';
import { decimalOfCredits } from '@/lib/domain/decimal-credits';
import { quoteWork } from '@/lib/services/quote-work';
import { readBalance } from '@/lib/views/balance';

import { endpoint } from '../endpoint';
import { quantitiesOf, toCalculation } from '../wire';

export const createQuote = endpoint({
  method: 'post',
  path: '/quotes',
  tag: 'Metering',
  summary: 'What work would cost, and whether the credits cover it',
  description: 'One piece of work, or a list as `items`. Nothing is charged.',
  scope: 'read',
  body: QuoteRequest,
  answer: QuoteAnswer,
  run: async (ctx, { body }) => {
    const works = ('items' in body ? body.items : [body]).map(({ service, quantities }) => ({
      service,
      quantities: quantitiesOf(quantities),
    }));
    const quote = quoteWork(ctx, works, await readBalance(ctx));
    return {
      answer: {
        amount: decimalOfCredits(quote.amount),
        available: decimalOfCredits(quote.available),
        sufficient: quote.sufficient,
        shortfall: decimalOfCredits(quote.shortfall),
        expires_at: quote.expiresAt.toISOString(),
        items: quote.priced.map(({ amount, calculation }, index) => ({
          service: calculation.service,
          amount: decimalOfCredits(amount),
          calculation: toCalculation(calculation),
          quote: quote.tokens[index] ?? '',
        })),
      },
    };
  },
});
