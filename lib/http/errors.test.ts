import { expect, test } from 'vitest';

import { AppError, type ErrorCode } from '@/lib/domain/app-error';

import { toErrorResponse } from './errors';

const STATUSES: Record<ErrorCode, number> = {
  malformed_request: 400,
  idempotency_key_required: 400,
  bad_signature: 400,
  signed_out: 401,
  unauthenticated: 401,
  insufficient_credits: 402,
  forbidden: 403,
  confirmation_required: 403,
  not_found: 404,
  unknown_service: 404,
  method_not_allowed: 405,
  conflict: 409,
  account_changed: 409,
  too_large: 413,
  invalid_input: 422,
  idempotency_key_reused: 422,
  account_frozen: 423,
  rate_limited: 429,
  overloaded: 503,
  payment_unavailable: 503,
};

test.each(Object.entries(STATUSES))(
  '%s is answered with %i, its sentence and a request id',
  async (code, status) => {
    const response = toErrorResponse(new AppError(code as ErrorCode, 'A sentence.'));
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({
      error: { code, message: 'A sentence.', request_id: expect.stringMatching(/^req_[0-9a-f]{32}$/) },
    });
  },
);

test('a bug is answered with 500 and nothing of what it said', async () => {
  const response = toErrorResponse(new Error('password=canary'));
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('canary');
});

test.each(['08006', '40001', '40P01', '57P01', 'ECONNREFUSED'])(
  'a database that fails with %s is “come again”, and never a lack of credits',
  async (code) => {
    const response = toErrorResponse(Object.assign(new Error('canary'), { code }));
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await response.text()).not.toContain('canary');
  },
);
