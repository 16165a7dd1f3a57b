import { Stripe } from 'stripe';
import { expect, test } from 'vitest';

import { aSandbox } from './testing';

test('a customer buys a checkout session', async () => {
  const { sandbox, stripe, buy } = aSandbox();
  const { session } = await buy();
  expect(session.status).toBe('complete');
  expect(Stripe.API_VERSION).toBe('2026-10-28.endive');
  expect(sandbox).toBeDefined();
  expect(stripe).toBeDefined();
});
