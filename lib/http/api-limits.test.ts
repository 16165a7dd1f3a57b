import { expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';

import { MOST_BY_KEY, MOST_BY_MEMBER, refuseFlood } from './api-limits';
import type { Caller } from './caller';
import { toErrorResponse } from './errors';

const caller = (parts: Partial<Caller>): Caller => ({
  accountId: 1n as AccountId,
  scopes: [],
  apiKeyId: null,
  userId: null,
  isService: false,
  isFrozen: false,
  ...parts,
});

async function passed(who: Caller, times: number): Promise<number> {
  let passes = 0;
  for (let n = 0; n < times; n += 1) {
    await refuseFlood(who).then(
      () => (passes += 1),
      () => undefined,
    );
  }
  return passes;
}

test('a key is refused beyond what ten seconds may hold, and another one is not', async () => {
  expect(await passed(caller({ apiKeyId: 'a' }), MOST_BY_KEY + 100)).toBe(MOST_BY_KEY);
  expect(await passed(caller({ apiKeyId: 'b' }), 1)).toBe(1);
});

test('a member has a limit of their own', async () => {
  expect(await passed(caller({ userId: 'ada' }), MOST_BY_MEMBER + 100)).toBe(MOST_BY_MEMBER);
});

test('the company’s own backend is never refused', async () => {
  const many = MOST_BY_KEY + 100;
  expect(await passed(caller({ apiKeyId: 'service', isService: true }), many)).toBe(many);
});

test('the refusal says when to come again, and what to do instead', async () => {
  const flooding = caller({ apiKeyId: 'flooding' });
  await passed(flooding, MOST_BY_KEY);
  const response = toErrorResponse(await refuseFlood(flooding).catch((error: unknown) => error));
  expect(response.status).toBe(429);
  const { error } = (await response.json()) as { error: { code: string; retry_after_seconds: number } };
  expect(error).toMatchObject({
    code: 'rate_limited',
    message: expect.stringContaining('/v1/charges/batch'),
  });
  expect(response.headers.get('retry-after')).toBe(`${error.retry_after_seconds}`);
  expect(error.retry_after_seconds).toBeGreaterThan(0);
});
