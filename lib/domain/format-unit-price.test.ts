import { expect, test } from 'vitest';

import { cents, credits, wholeCredits } from './credits';
import { formatUnitPrice } from './format-unit-price';

test.each([
  { sold: wholeCredits(500n), priceCents: 5_00n, currency: 'usd', shown: '$0.01' },
  { sold: wholeCredits(250n), priceCents: 25_00n, currency: 'usd', shown: '$0.10' },
  { sold: wholeCredits(10n), priceCents: 10_00n, currency: 'usd', shown: '$1.00' },
  { sold: wholeCredits(187_500n), priceCents: 25_00n, currency: 'usd', shown: 'about $0.000133' },
  { sold: wholeCredits(3n), priceCents: 5_00n, currency: 'usd', shown: 'about $1.67' },
  { sold: credits(1n), priceCents: 1n, currency: 'usd', shown: '$10,000.00' },
  { sold: wholeCredits(300n), priceCents: 100n, currency: 'jpy', shown: 'about ¥0.333' },
])('$shown a credit', ({ sold, priceCents, currency, shown }) => {
  expect(formatUnitPrice({ credits: sold, priceCents: cents(priceCents) }, currency)).toBe(shown);
});
