import { expect, test } from 'vitest';

import { quantitiesOf, writtenQuantities } from './written-quantities';

test('quantities are read as they were written, and what was not given is not written', () => {
  const given = { milliseconds: 90_000n, inputTokens: 0n, model: '42', features: ['a', 'b'] };
  expect(writtenQuantities({ ...given, characters: undefined })).toEqual({
    milliseconds: '90000',
    inputTokens: '0',
    model: '42',
    features: ['a', 'b'],
  });
  expect(quantitiesOf(writtenQuantities(given))).toEqual(given);
});
