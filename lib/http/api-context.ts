import type { AccountCtx } from '@/lib/db/context';
import { type Database, database } from '@/lib/db/database';
import type { Charge, Charged } from '@/lib/db/ledger/charge';
import { coalescer } from '@/lib/db/ledger/coalescer';
import { ofAccount } from '@/lib/db/of-account';
import type { ApiScope } from '@/lib/domain/api-scope';
import { AppError } from '@/lib/domain/app-error';

import { refuseFlood } from './api-limits';
import { callerOf } from './caller';
import { type Whence, whenceOf } from './whence';

/** A call of the public API: who calls, for which account, by which request, and how this process charges. */
export type ApiCtx = AccountCtx & {
  apiKeyId: string | null;
  /** Null where a key calls. */
  userId: string | null;
  requestId: string;
  charge: (asked: Charge) => Promise<Charged>;
  whence: () => Whence;
};

/** Refuses callers who are unknown, or who may not do what `scope` says. */
export async function apiContextOf(headers: Headers, scope: ApiScope, requestId: string): Promise<ApiCtx> {
  const caller = await callerOf(headers);
  const { scopes, isFrozen, accountId, apiKeyId, userId } = caller;
  await refuseFlood(caller);
  if (!scopes.includes(scope))
    throw new AppError('forbidden', `This needs a key or a role with the scope “${scope}”.`);
  if (isFrozen && scope === 'meter')
    throw new AppError('account_frozen', 'This account is stopped: nothing is charged. Ask support why.');
  const db = database();
  return {
    // What a charge costs is counted: its functions see to the account themselves, and ask nothing beside it.
    db: scope === 'meter' ? db : ofAccount(db, accountId),
    now: new Date(),
    requestId,
    charge: chargerOf(db),
    whence: () => whenceOf(headers),
    accountId,
    apiKeyId,
    userId,
  };
}

const chargers = new WeakMap<Database, ApiCtx['charge']>();

/** One for the whole process: only charges that meet can go together. */
function chargerOf(db: Database): ApiCtx['charge'] {
  const known = chargers.get(db) ?? coalescer(db);
  chargers.set(db, known);
  return known;
}
