import { expect, test } from 'vitest';

import { AppError } from '@/lib/domain/app-error';

import { pathOf, toFollowedError } from './follow-errors';

const signedOut = new AppError('signed_out', 'Please sign in.');

test.each([
  { wanted: '/api/invoices/in_1/pdf', back: '%2Fapi%2Finvoices%2Fin_1%2Fpdf' },
  {
    wanted: '/api/credit-notes/cn_1/pdf?a=b&c=d',
    back: '%2Fapi%2Fcredit-notes%2Fcn_1%2Fpdf%3Fa%3Db%26c%3Dd',
  },
])('a signed-out click on $wanted leads to signing in, and back', ({ wanted, back }) => {
  const { status, headers } = toFollowedError(
    signedOut,
    pathOf(new Request(`http://internal:3000${wanted}`)),
  );
  expect(status).toBe(303);
  expect(headers.get('location')).toBe(`/sign-in?back=${back}`);
  expect(headers.get('cache-control')).toBe('no-store');
});

test('anything else is answered as everywhere', () => {
  expect(toFollowedError(new AppError('not_found', 'Nothing.'), '/x').status).toBe(404);
  expect(toFollowedError(new Error('a bug'), '/x').status).toBe(500);
});
