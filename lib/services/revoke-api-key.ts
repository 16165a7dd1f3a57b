import type { ApiKeyById } from '@/lib/contracts/api-key';
import { markApiKeyRevoked } from '@/lib/db/api-keys';
import type { AccountCtx } from '@/lib/db/context';
import { AppError } from '@/lib/domain/app-error';

/** Ends a key of the account: it is refused from its next request on. */
export async function revokeApiKey(
  { db, now, accountId }: AccountCtx,
  { id }: ApiKeyById,
): Promise<ApiKeyById> {
  if (!(await markApiKeyRevoked(db, { accountId, id, now })))
    throw new AppError('not_found', 'This account has no such key.');
  return { id };
}
