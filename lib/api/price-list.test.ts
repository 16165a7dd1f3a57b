import { expect, test } from 'vitest';

import { assemblyai } from '@/price-books/assemblyai';
import { audiopod } from '@/price-books/audiopod';
import { dessert } from '@/price-books/dessert';
import { dubbing } from '@/price-books/dubbing';
import { roughy } from '@/price-books/roughy';

import { toListedPrice } from './price-list';

test.each([
  {
    book: roughy,
    is: { asset: { title: 'Source media', form: 'block', measure: 'seconds', credits: 1, per: 60 } },
  },
  {
    book: dubbing,
    is: {
      dubbing: {
        title: 'Voice dubbing',
        form: 'unit',
        measure: 'seconds',
        credits: 10,
        per: 60,
        minimum: 10,
      },
      training: {
        title: 'Voice training',
        form: 'unit',
        measure: 'max_minutes',
        credits: 10,
        per: 1,
        minimum: 10,
      },
    },
  },
  { book: dessert, is: { full: { title: 'Static and animated ad', form: 'flat', credits: 15 } } },
  { book: audiopod, is: { music_generation: { form: 'unit', credits: 1_320, per: 30, minimum: 1 } } },
  {
    book: assemblyai,
    is: {
      transcription: { form: 'hourly', credits_per_hour: 0.27, features: { entity_detection: 0.08 } },
      streaming: {
        title: 'Streaming audio',
        form: 'session',
        credits_per_hour: 0.15,
        closes_after_seconds: 10_800,
      },
      llm: { form: 'tokens', per: 1_000_000, models: { 'example-large': { input: 3, output: 15 } } },
    },
  },
])('the prices of $book.id are written by their form', ({ book, is }) => {
  const listed = Object.fromEntries(
    Object.entries(book.services).map(([name, service]) => [name, toListedPrice(service)]),
  );
  expect(listed).toMatchObject(is);
});
