import { AppError } from '@/lib/domain/app-error';
import type { ApiCtx } from '@/lib/http/api-context';
import { bindIdempotencyKey } from '@/lib/services/bind-idempotency-key';

import { requestHash } from './request-hash';

type Asked = { reference?: string | undefined };

/**
 * Under which reference a request stands, and the hash that tells it from another one. The operation's own reference
 * comes first; a key beside it is bound to this very request, so that neither can be used twice. Without either, `made`
 * makes a reference where the endpoint has one, and a repeat is another request.
 */
export async function referenceOf(
  ctx: ApiCtx,
  { endpoint, body, key, made }: { endpoint: string; body: Asked; key: string | null; made?: () => string },
): Promise<{ reference: string; hash: Buffer }> {
  const { reference, ...rest } = body;
  const hash = requestHash(endpoint, rest);
  if (reference === undefined) {
    if (key !== null) return { reference: key, hash };
    if (made) return { reference: made(), hash };
    throw new AppError(
      'idempotency_key_required',
      'Send an Idempotency-Key or a reference, so that a repeat is never charged twice.',
    );
  }
  if (key !== null && key !== reference)
    await bindIdempotencyKey(ctx, { key, hash: requestHash(endpoint, body) });
  return { reference, hash };
}
