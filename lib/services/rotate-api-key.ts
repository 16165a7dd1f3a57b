import type { ApiKeyCreated, RotateApiKey } from '@/lib/contracts/api-key';
import { lockApiKey, makeApiKey, markApiKeyEnding } from '@/lib/db/api-keys';
import type { RoleCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { keyScopesOfRole } from '@/lib/domain/api-scope';
import { AppError } from '@/lib/domain/app-error';

const HOUR_MS = 3_600_000;

/** Makes a key that may do what another may and lasts as long; the other one goes on for a while beside it. */
export const rotateApiKey = (
  { db, now, accountId, userId, role }: RoleCtx,
  { id, newId, overlapHours }: RotateApiKey,
): Promise<ApiKeyCreated> =>
  inTransaction(db, async (tx) => {
    const old = await lockApiKey(tx, { accountId, id, now });
    if (old === null)
      throw new AppError('not_found', 'This account has no such key, or it has ended. Create another one.');
    const may = keyScopesOfRole(role);
    if (!old.scopes.every((scope) => may.includes(scope)))
      throw new AppError('forbidden', 'This key may do more than your role in this account can give.');

    const { name, scopes, createdAt, expiresAt } = old;
    const text = await makeApiKey(tx, {
      id: newId,
      accountId,
      name,
      scopes,
      createdBy: userId,
      expiresAt:
        expiresAt === null ? null : new Date(now.getTime() + expiresAt.getTime() - createdAt.getTime()),
    });
    const endsAt = new Date(now.getTime() + overlapHours * HOUR_MS);
    await markApiKeyEnding(tx, { accountId, id, endsAt });
    return { id: newId, text };
  });
