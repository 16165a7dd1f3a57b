import { randomUUID } from 'node:crypto';

import { isOutcomeUnknown } from '@/lib/db/outcome-unknown';
import { AppError, type ErrorCode } from '@/lib/domain/app-error';
import { log } from '@/lib/log';

/** The one map from a refusal to its status; the public API's document lists it. */
export const STATUS_OF: Readonly<Record<ErrorCode, number>> = {
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

/** When it is worth asking again, in seconds. */
const RETRY_AFTER: Partial<Record<ErrorCode, number>> = { overloaded: 1, payment_unavailable: 30 };

export const newRequestId = () => `req_${randomUUID().replaceAll('-', '')}`;

/** The one place where an error becomes a status. Bugs are logged whole and answered blank. */
export function toErrorResponse(error: unknown, request_id: string = newRequestId()): Response {
  if (error instanceof AppError) {
    const { code, message, details } = error;
    const retryAfter = details['retry_after_seconds'] ?? RETRY_AFTER[code];
    return answer(
      { code, message, ...details, request_id },
      {
        status: STATUS_OF[code],
        ...(retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` }),
        ...(code === 'unauthenticated' ? { 'www-authenticate': 'Bearer' } : {}),
      },
    );
  }
  log.error({ err: error, request_id }, 'request failed');
  // The database is away or busy: never said as anything else, and least of all as a lack of credits.
  if (isOutcomeUnknown(error)) return toErrorResponse(notNow(), request_id);
  return answer(
    {
      code: 'internal',
      message: 'Something on our side failed, and has been noted. Please try again in a minute.',
      request_id,
    },
    { status: 500 },
  );
}

const notNow = () =>
  new AppError(
    'overloaded',
    'This could not be done at this moment. Send the same request again in a second.',
  );

const answer = (
  error: { code: string; message: string; request_id: string },
  { status, ...headers }: { status: number } & Record<string, string | number>,
) =>
  Response.json(
    { error },
    {
      status,
      headers: {
        'cache-control': 'no-store',
        'request-id': error.request_id,
        ...(headers as Record<string, string>),
      },
    },
  );
