import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { afterAttempt, type Attempt, RETRY_PAUSES } from './webhook-retry';

const FAILED: Attempt = { status: 500 };

describe('after an attempt', () => {
  test.each<{ attempt: Attempt; attempts: number; isTest?: boolean; expected: object }>([
    { attempt: { status: 200 }, attempts: 1, expected: { kind: 'delivered' } },
    { attempt: { status: 204 }, attempts: 10, expected: { kind: 'delivered' } },
    { attempt: { status: 202 }, attempts: 1, isTest: true, expected: { kind: 'delivered' } },
    { attempt: { status: 500 }, attempts: 1, expected: { kind: 'retry', inSeconds: 5 } },
    { attempt: { status: 301 }, attempts: 1, expected: { kind: 'retry', inSeconds: 5 } },
    { attempt: { status: 404 }, attempts: 2, expected: { kind: 'retry', inSeconds: 60 } },
    { attempt: { unreached: 'timed-out' }, attempts: 3, expected: { kind: 'retry', inSeconds: 300 } },
    { attempt: { unreached: 'address-refused' }, attempts: 4, expected: { kind: 'retry', inSeconds: 1800 } },
    { attempt: { unreached: 'name-not-found' }, attempts: 5, expected: { kind: 'retry', inSeconds: 7200 } },
    { attempt: FAILED, attempts: 6, expected: { kind: 'retry', inSeconds: 18_000 } },
    { attempt: FAILED, attempts: 7, expected: { kind: 'retry', inSeconds: 36_000 } },
    { attempt: FAILED, attempts: 8, expected: { kind: 'retry', inSeconds: 50_400 } },
    { attempt: FAILED, attempts: 9, expected: { kind: 'retry', inSeconds: 64_800 } },
    { attempt: FAILED, attempts: 10, expected: { kind: 'retry', inSeconds: 80_635 } },
    { attempt: FAILED, attempts: 11, expected: { kind: 'give-up', disables: 'failing' } },
    { attempt: { status: 410 }, attempts: 1, expected: { kind: 'give-up', disables: 'gone' } },
    { attempt: { status: 410 }, attempts: 1, isTest: true, expected: { kind: 'give-up', disables: null } },
    { attempt: FAILED, attempts: 1, isTest: true, expected: { kind: 'give-up', disables: null } },
  ])(
    '$attempt at attempt $attempts, test: $isTest → $expected',
    ({ attempt, attempts, isTest = false, expected }) => {
      expect(afterAttempt({ attempt, attempts, isTest })).toEqual(expected);
    },
  );

  test('pauses only grow, and come to three days', () => {
    expect(RETRY_PAUSES).toEqual(RETRY_PAUSES.toSorted((a, b) => a - b));
    expect(RETRY_PAUSES.reduce((sum, seconds) => sum + seconds)).toBe(3 * 86_400);
  });

  test('whatever is answered, it comes to an end, and only a 2xx is delivered', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.integer({ min: 1, max: 50 }), (status, attempts) => {
        const { kind } = afterAttempt({ attempt: { status }, attempts, isTest: false });
        expect(kind === 'delivered').toBe(status >= 200 && status <= 299);
        expect(kind === 'retry' && attempts > RETRY_PAUSES.length).toBe(false);
      }),
    );
  });
});
