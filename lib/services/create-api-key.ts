import type { ApiKeyCreated, CreateApiKey } from '@/lib/contracts/api-key';
import { makeApiKey } from '@/lib/db/api-keys';
import type { RoleCtx } from '@/lib/db/context';
import { API_SCOPES, keyScopesOfRole } from '@/lib/domain/api-scope';
import { AppError } from '@/lib/domain/app-error';

const DAY_MS = 86_400_000;

/** Makes a key of the account that may do no more than the member who makes it. */
export async function createApiKey(
  { db, now, accountId, userId, role }: RoleCtx,
  { id, name, scopes: wanted, expiresInDays }: CreateApiKey,
): Promise<ApiKeyCreated> {
  const may = keyScopesOfRole(role);
  const beyond = wanted.find((scope) => !may.includes(scope));
  if (beyond !== undefined)
    throw new AppError('forbidden', `Your role in this account cannot give a key the scope ${beyond}.`);

  const text = await makeApiKey(db, {
    id,
    accountId,
    name,
    scopes: API_SCOPES.filter((scope) => wanted.includes(scope)),
    createdBy: userId,
    expiresAt: expiresInDays === null ? null : new Date(now.getTime() + expiresInDays * DAY_MS),
  });
  return { id, text };
}
