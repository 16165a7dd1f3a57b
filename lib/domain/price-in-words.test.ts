import { describe, expect, test } from 'vitest';

import { assemblyai } from '@/price-books/assemblyai';
import { audiopod } from '@/price-books/audiopod';
import { dessert } from '@/price-books/dessert';
import { dubbing } from '@/price-books/dubbing';
import { roughy } from '@/price-books/roughy';
import { BOOKS } from '@/test/auto-top-up/rules';

import { recompute } from './calculation';
import { examplesOf } from './example-works';
import { type PriceBook, serviceOf } from './price-book';
import { priceInWords } from './price-in-words';

const wordsOf = (book: PriceBook, name: string) => {
  const service = serviceOf(book, name);
  return service === null ? '' : priceInWords(service, book.credit).join(' ');
};

describe('priceInWords', () => {
  test.each([
    {
      form: 'in proportion with a minimum',
      book: dubbing,
      service: 'dubbing',
      words:
        '10 credits for each minute, in proportion. Only a completed second counts. At least 10 credits. The sum is rounded up to the next whole credit. Charged when the work is accepted, and given back if it fails. Work that the credits do not cover does not start.',
    },
    {
      form: 'by a setting',
      book: dubbing,
      service: 'training',
      words: '10 credits for each minute of the limit that is set, in proportion. At least 10 credits.',
    },
    {
      form: 'in blocks',
      book: roughy,
      service: 'asset',
      words: '1 credit for each begun minute. Charged when the work is done.',
    },
    { form: 'each time', book: dessert, service: 'static', words: '5 credits each time.' },
    {
      form: 'by 30 seconds',
      book: audiopod,
      service: 'music_generation',
      words: '1,320 credits for each 30 seconds, in proportion.',
    },
  ])('$form', ({ book, service, words }) => {
    expect(wordsOf(book, service)).toContain(words);
  });

  test('an hourly price names what each feature adds, a session when it is closed, a model what its tokens cost', () => {
    expect(wordsOf(assemblyai, 'transcription')).toMatch(
      /summarization adds 0\.03 US dollars for each hour\./,
    );
    expect(wordsOf(assemblyai, 'streaming')).toContain('An open session is closed after 3 hours');
    expect(wordsOf(assemblyai, 'llm')).toMatch(
      /example-large: 3 US dollars for each 1,000,000 tokens of input, 15 US dollars of output\./,
    );
  });
});

test('every service of every price book has sentences, and examples that can be worked out again', () => {
  for (const book of BOOKS) {
    for (const [name, service] of Object.entries(book.services)) {
      expect(priceInWords(service, book.credit).length).toBeGreaterThanOrEqual(3);
      const examples = examplesOf(book, name);
      expect(examples.length, `${book.id} ${name}`).toBeGreaterThan(0);
      for (const { amount, calculation } of examples) expect(recompute(calculation)).toBe(amount);
    }
  }
});
