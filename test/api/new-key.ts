import { newApiKey } from '@/lib/auth/api-keys';
import { keepApiKey } from '@/lib/db/api-keys';
import type { AccountId } from '@/lib/db/context';
import type { Queryable } from '@/lib/db/database';
import { API_SCOPES, type ApiScope } from '@/lib/domain/api-scope';

/** A key of an account, or without one a service key. */
export async function newKey(
  db: Queryable,
  accountId: AccountId | null,
  scopes: readonly ApiScope[] = API_SCOPES,
): Promise<string> {
  const { text, hash, prefix } = newApiKey(accountId === null ? 'service' : 'account');
  await keepApiKey(db, { accountId, hash, prefix, scopes, name: 'Test', createdBy: null, expiresAt: null });
  return text;
}
