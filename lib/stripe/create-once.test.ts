import { Stripe } from 'stripe';
import { expect, test } from 'vitest';

import { createOnce } from './create-once';

type Answer = 'ok' | 'fails inside' | 'does not answer' | 'refuses';

/** Stripe as far as keys go: what it answered under one, it repeats. */
function aStripe(answers: Answer[]) {
  const kept = new Map<string, string | Error>();
  const keys: string[] = [];
  const create = async ({ idempotencyKey }: { idempotencyKey: string }) => {
    keys.push(idempotencyKey);
    const before = kept.get(idempotencyKey);
    if (before instanceof Error) throw failure({ 'idempotent-replayed': 'true' });
    if (before !== undefined) return before;

    const answer = answers.shift() ?? 'ok';
    if (answer === 'does not answer')
      throw new Stripe.errors.StripeConnectionError({ message: 'gone', type: 'api_error' });
    if (answer === 'refuses')
      throw new Stripe.errors.StripeInvalidRequestError({ message: 'no', type: 'invalid_request_error' });
    if (answer === 'fails inside') {
      kept.set(idempotencyKey, failure({}));
      throw failure({});
    }
    kept.set(idempotencyKey, `made under ${idempotencyKey}`);
    return `made under ${idempotencyKey}`;
  };
  return { create, keys };
}

const failure = (headers: Record<string, string>) =>
  new Stripe.errors.StripeAPIError({ message: 'inside', type: 'api_error', statusCode: 500, headers });

test('the same key is the same thing', async () => {
  const { create } = aStripe([]);
  expect(await createOnce('k', create)).toBe(await createOnce('k', create));
});

test('a failure inside Stripe is stepped over, now and at every later try', async () => {
  const { create, keys } = aStripe(['fails inside', 'fails inside']);
  expect(await createOnce('k', create)).toBe('made under k/2');
  expect(await createOnce('k', create)).toBe('made under k/2');
  expect(keys).toEqual(['k', 'k/1', 'k/2', 'k', 'k/1', 'k/2']);
});

test('however long the bad minute was, the first press after it succeeds', async () => {
  const { create } = aStripe(Array.from({ length: 60 }, () => 'fails inside'));
  for (let press = 0; press < 20; press++) {
    await expect(createOnce('k', create)).rejects.toMatchObject({ code: 'payment_unavailable' });
  }
  expect(await createOnce('k', create)).toBe('made under k/60');
});

test('a lost answer is asked for again under the same key', async () => {
  const { create, keys } = aStripe(['does not answer']);
  expect(await createOnce('k', create)).toBe('made under k');
  expect(keys).toEqual(['k', 'k']);
});

test('a refusal is not tried again', async () => {
  const { create, keys } = aStripe(['refuses']);
  await expect(createOnce('k', create)).rejects.toThrow('no');
  expect(keys).toEqual(['k']);
});
