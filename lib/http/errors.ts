import { randomUUID } from 'node:crypto';

import { AppError, type ErrorCode } from '@/lib/domain/app-error';
import { log } from '@/lib/log';

const STATUS: Record<ErrorCode, number> = {
  invalid_input: 422,
  signed_out: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  bad_signature: 400,
  payment_unavailable: 503,
};

/** The one place where an error becomes a status. Bugs are logged whole and answered blank. */
export function toErrorResponse(error: unknown): Response {
  const request_id = `req_${randomUUID().replaceAll('-', '')}`;
  if (error instanceof AppError) {
    const { code, message } = error;
    return answer({ code, message, request_id }, STATUS[code]);
  }
  log.error({ err: error, request_id }, 'request failed');
  return answer(
    {
      code: 'internal',
      message: 'Something on our side failed, and has been noted. Please try again in a minute.',
      request_id,
    },
    500,
  );
}

const answer = (error: { code: string; message: string; request_id: string }, status: number) =>
  Response.json({ error }, { status, headers: { 'cache-control': 'no-store' } });
