import { AppError } from '@/lib/domain/app-error';

/** The caller's name for this very request, or null. */
export function idempotencyKeyOf(headers: Headers): string | null {
  const key = headers.get('idempotency-key');
  if (key === null) return null;
  if (/^[\x21-\x7E]{1,200}$/.test(key)) return key;
  throw new AppError('malformed_request', 'An Idempotency-Key is 1 to 200 printable ASCII characters.', {
    param: 'Idempotency-Key',
  });
}
