import { expect, test } from 'vitest';

import { assemblyai } from '@/price-books/assemblyai';
import { audiopod } from '@/price-books/audiopod';
import { dessert } from '@/price-books/dessert';
import { dubbing } from '@/price-books/dubbing';
import { roughy } from '@/price-books/roughy';

import { wholeCredits } from './credits';
import { multipliersOf } from './multipliers';

test.each([
  { book: roughy, is: { asset: 1n } },
  { book: dubbing, is: { dubbing: 10n, training: 10n } },
  { book: dessert, is: { static: 5n, full: 15n } },
])('of $book.id each service has one', ({ book, is }) => {
  expect(Object.fromEntries(multipliersOf(book))).toEqual(
    Object.fromEntries(Object.entries(is).map(([name, count]) => [name, wholeCredits(count)])),
  );
});

test('of the twelve of audiopod none is missing, in the order of the book', () => {
  expect([...multipliersOf(audiopod).keys()]).toEqual(Object.keys(audiopod.services));
});

test('tokens have a price for each model, and so no one number', () => {
  expect([...multipliersOf(assemblyai).keys()]).toEqual(['transcription', 'streaming']);
});
