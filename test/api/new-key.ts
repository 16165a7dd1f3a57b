import { randomUUID } from 'node:crypto';

import { makeApiKey } from '@/lib/db/api-keys';
import type { AccountId } from '@/lib/db/context';
import type { Queryable } from '@/lib/db/database';
import { API_SCOPES, type ApiScope } from '@/lib/domain/api-scope';

/** A key of an account, or without one a service key. */
export const newKey = (
  db: Queryable,
  accountId: AccountId | null,
  scopes: readonly ApiScope[] = API_SCOPES,
): Promise<string> =>
  makeApiKey(db, { id: randomUUID(), accountId, scopes, name: 'Test', createdBy: null, expiresAt: null });
