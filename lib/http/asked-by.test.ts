import { expect, test } from 'vitest';
import { z } from 'zod';

import { askedBy, saidBy } from './asked-by';

const Query = z.strictObject({
  days: z.coerce.number().max(30, 'At most 30 days.').default(7),
  by: z.string().optional(),
});

test.each([
  [{}, {}],
  [{ by: 'key', from: '' }, { by: 'key' }],
  [{ by: ['key', 'member'] }, { by: 'key' }],
  [{ by: [], days: undefined }, {}],
])('an address with %j says %j', (given, said) => {
  expect(saidBy(given)).toEqual(said);
});

test('what an address asks for is what the query makes of it, and its own spelling is kept', () => {
  expect(askedBy({ days: '14', by: 'key', utm_source: 'mail' }, Query)).toEqual({
    asked: { days: 14, by: 'key' },
    search: 'days=14&by=key',
    refused: null,
  });
});

test('an address that cannot be followed says why, and asks for what an empty one does', () => {
  expect(askedBy({ days: '31' }, Query)).toEqual({
    asked: { days: 7 },
    search: '',
    refused: 'At most 30 days.',
  });
});
