import DataLoader from 'dataloader';

import { sessionOfAccessToken } from '@/lib/auth/access-tokens';
import { type Principal, principalIn, principalOf } from '@/lib/auth/principal';
import { findLiveSession, type LiveSession } from '@/lib/auth/sign-in-sessions';
import { hashOfApiKey, isApiKey } from '@/lib/db/api-key-text';
import { type ApiKeyAsked, type ApiKeyRow, findApiKeys, markApiKeyUsed } from '@/lib/db/api-keys';
import type { AccountId } from '@/lib/db/context';
import { type Database, database } from '@/lib/db/database';
import { type ApiScope, scopesOfRole } from '@/lib/domain/api-scope';
import { AppError } from '@/lib/domain/app-error';
import { log } from '@/lib/log';

/** Who calls the public API, and for which account. Checked at every request, so that what is revoked ends at once. */
export type Caller = {
  accountId: AccountId;
  scopes: readonly ApiScope[];
  apiKeyId: string | null;
  userId: string | null;
  /** The company's own backend, which names the account in each request. */
  isService: boolean;
  /** Nothing may move in the account. */
  isFrozen: boolean;
};

const ACCOUNT_HEADER = 'coffer-account';
const ACCOUNT_NUMBER = /^[1-9]\d{0,17}$/;
const SEEN_EVERY_MS = 60_000;

/** Account keys act for their account, service keys for the one they name, tokens for their member. */
export async function callerOf(headers: Headers): Promise<Caller> {
  const [, token] = /^Bearer ([\w.~+/=-]{10,2000})$/i.exec(headers.get('authorization') ?? '') ?? [];
  if (token === undefined)
    throw unauthenticated('Send your key in the header Authorization: Bearer cof_live_….');
  const named = headers.get(ACCOUNT_HEADER);
  return isApiKey(token) ? callerOfKey(token, named) : callerOfToken(token, named);
}

const unauthenticated = (message: string) => new AppError('unauthenticated', message);
const noSuchAccount = () =>
  new AppError('not_found', 'There is no such account.', { param: 'Coffer-Account' });

async function callerOfKey(text: string, named: string | null): Promise<Caller> {
  if (named !== null && !ACCOUNT_NUMBER.test(named)) throw noSuchAccount();
  const key = await keys().load({ text, named });
  if (!key) throw unauthenticated('This key is unknown, expired or revoked.');
  noteUse(key.id);
  const { scopes, id: apiKeyId, isFrozen } = key;
  const isService = key.accountId === null;
  return { accountId: accountOf(key, named), scopes, apiKeyId, userId: null, isService, isFrozen };
}

/** An account key acts for its own account, whether that is named or not; a service key for one that is named and there. */
function accountOf({ accountId, named: found }: ApiKeyRow, named: string | null): AccountId {
  if (named === null && accountId !== null) return accountId;
  if (named === null)
    throw new AppError('invalid_input', 'A service key says in Coffer-Account for which account it acts.', {
      param: 'Coffer-Account',
    });
  if (found === null || (accountId !== null && accountId !== found)) throw noSuchAccount();
  return found;
}

async function callerOfToken(token: string, named: string | null): Promise<Caller> {
  const sessionId = await sessionOfAccessToken(token);
  const session = sessionId === null ? null : await findLiveSession(sessionId, new Date());
  if (!session) throw unauthenticated(TOKEN_IS_OUT);
  const { accountId, userId, role, isFrozen } = memberOf(session, named);
  return { accountId, scopes: scopesOfRole(role), apiKeyId: null, userId, isService: false, isFrozen };
}

const TOKEN_IS_OUT = 'This token is unknown or has expired. Please sign in again.';

/**
 * The account that is named, or the one that the token was opened for: somebody who was taken out of that works on in no other
 * unawares.
 */
function memberOf(session: LiveSession, named: string | null): Principal {
  if (named !== null) {
    const principal = ACCOUNT_NUMBER.test(named) ? principalIn(session, BigInt(named)) : null;
    if (!principal) throw noSuchAccount();
    return principal;
  }
  const principal =
    session.accountId === null ? principalOf(session) : principalIn(session, session.accountId);
  if (!principal) throw unauthenticated(TOKEN_IS_OUT);
  return principal;
}

type Shown = { text: string; named: string | null };
type Keys = DataLoader<Shown, ApiKeyRow | null, string>;
const loaders = new WeakMap<Database, Keys>();

/**
 * Requests that arrive while a question is under way ask for their keys together in the next one, and each key once: the
 * busier it is, the fewer questions. Never an old answer: nothing is asked before its request is there.
 */
function keys(): Keys {
  const db = database();
  const known = loaders.get(db);
  if (known) return known;
  let underWay: Promise<unknown> = Promise.resolve();
  const loader: Keys = new DataLoader(
    (shown) => {
      // From here on, whoever comes with the same key asks for it again.
      loader.clearAll();
      const answer = findApiKeys(db, shown.map(askedOf));
      underWay = answer.catch(() => undefined);
      return answer;
    },
    {
      cacheKeyFn: ({ text, named }) => `${named} ${text}`,
      batchScheduleFn: (send) => void underWay.then(() => setImmediate(send)),
    },
  );
  loaders.set(db, loader);
  return loader;
}

const askedOf = ({ text, named }: Shown): ApiKeyAsked => ({
  hash: hashOfApiKey(text),
  accountId: named === null ? null : BigInt(named),
});

const lastNoted = new Map<string, number>();

/** Nobody waits for it, and nothing is lost with it. */
function noteUse(id: string): void {
  const now = Date.now();
  if (now - (lastNoted.get(id) ?? 0) < SEEN_EVERY_MS) return;
  lastNoted.set(id, now);
  markApiKeyUsed(database(), id).catch((error: unknown) => {
    log.warn({ err: error }, 'the use of a key could not be noted');
  });
}
