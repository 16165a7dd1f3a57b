import { expect, test } from 'vitest';

import { AppError, type ErrorCode } from '@/lib/domain/app-error';

import { toErrorResponse } from './errors';

const STATUSES: Record<ErrorCode, number> = {
  invalid_input: 422,
  signed_out: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  bad_signature: 400,
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
