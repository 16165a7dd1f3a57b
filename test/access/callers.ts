import { randomUUID } from 'node:crypto';

import { encode } from 'next-auth/jwt';

import type { AccountId } from '@/lib/db/context';
import { freezeAccount } from '@/lib/db/ledger/audit';
import { API_SCOPES, type ApiScope } from '@/lib/domain/api-scope';
import type { MemberRole } from '@/lib/domain/member-role';
import { call } from '@/test/api/call';
import { newKey } from '@/test/api/new-key';
import { newMember } from '@/test/api/new-member';
import { gift } from '@/test/database/ledger-account';
import type { LedgerFixture } from '@/test/database/ledger-fixtures';

import type { OwnWork } from './asked';
import type { Caller } from './principals';
import type { PriceBook } from './rows';
import { ACCESS_DOMAIN } from './state';

/** How somebody calls: the headers, and for a mistake of old the address. */
export type Calling = { headers: Record<string, string>; query: Record<string, string> };
export type CallersThere = {
  accounts: Record<'own' | 'frozen' | 'other', AccountId>;
  callers: Record<Caller, Calling>;
  stranger: Calling;
  work: OwnWork;
  /** Of the account that is frozen, from before it was. */
  frozenWork: OwnWork;
  /** A word that stands in everything that is the own account's. */
  canary: string;
};

const ENOUGH = 1_000_000_000_000n;

/** Everybody who may call, with an account that has something of everything, one that is frozen and one of a stranger. */
export async function callersAt(
  ledger: LedgerFixture,
  urls: Readonly<Record<PriceBook, string>>,
  secret: string,
): Promise<CallersThere> {
  const [own, frozen, other] = [
    await ledger.newAccount(),
    await ledger.newAccount(),
    await ledger.newAccount(),
  ];
  for (const accountId of [own, frozen, other]) await gift(ledger, accountId, ENOUGH);

  const bearing = (token: string, named?: AccountId): Calling => ({
    headers: {
      authorization: `Bearer ${token}`,
      ...(named === undefined ? {} : { 'coffer-account': `${named}` }),
    },
    query: {},
  });
  const key = (accountId: AccountId | null, scopes: readonly ApiScope[] = API_SCOPES) =>
    newKey(ledger.db, accountId, scopes);
  const keyThat = async (change: string) => {
    const text = await key(own);
    await ledger.asOwner(`UPDATE api_keys SET ${change} WHERE key_hash = sha256($1::text::bytea)`, [text]);
    return bearing(text);
  };
  const person = (role: MemberRole) => newMember(ledger, own, role, `${randomUUID()}@${ACCESS_DOMAIN}`);
  const tokenOf = async ({ email, password }: { email: string; password: string }) => {
    const answer = await call(urls.dubbing, 'POST', '/v1/auth/token', { body: { email, password } });
    return bearing(answer.body.access_token as string);
  };
  const token = async (role: MemberRole) => tokenOf(await person(role));
  const tokenThat = async (change: string) => {
    const someone = await person('owner');
    const calling = await tokenOf(someone);
    await ledger.asOwner(change.replace('$person', `(SELECT id FROM users WHERE email = $1)`), [
      someone.email,
    ]);
    return calling;
  };
  const cookie = async () => {
    const { email } = await person('owner');
    const [session] = await ledger.asOwner<{ id: string }>(
      `INSERT INTO sign_in_sessions (user_id, method, user_agent, expires_at)
       SELECT id, 'password', 'A test', now() + interval '1 day' FROM users WHERE email = $1 RETURNING id`,
      [email],
    );
    const jwt = await encode({ token: { sid: session?.id }, secret, maxAge: 3_600 });
    return { headers: { cookie: `coffer.session=${jwt}` }, query: {} };
  };

  const canary = `canary${randomUUID().slice(0, 8)}`;
  const [owners, frozens] = [await key(own), await key(frozen)];
  const workOf = (text: string): OwnWork => {
    const made = async (book: PriceBook, path: string, body: object) => {
      const reference = `${canary}-${randomUUID()}`;
      const asked = { key: text, body: { ...body, reference } };
      const { status } = await call(urls[book], 'POST', `/v1/${path}`, asked);
      if (status !== 201) throw new Error(`POST /v1/${path} answered ${status}`);
      return reference;
    };
    return {
      operation: () => made('dubbing', 'operations', { service: 'dubbing', quantities: { seconds: 180 } }),
      asset: () => made('roughy', 'assets', {}),
      session: () => made('assemblyai', 'sessions', { service: 'streaming' }),
      credentials: async () => {
        const { email, password } = await person('owner');
        return { email, password };
      },
    };
  };
  const frozenWork = await kept(workOf(frozens));
  await freezeAccount(ledger.db, { accountId: frozen, because: 'A test.' });
  return {
    accounts: { own, frozen, other },
    canary,
    stranger: bearing(await key(other)),
    callers: {
      'no key': { headers: {}, query: {} },
      'a nonsense key': bearing('cof_live_nonsense-nonsense-nonsense'),
      'a key in the query': { headers: {}, query: { key: await key(own), access_token: await key(own) } },
      'a session cookie': await cookie(),
      'a revoked key': await keyThat('revoked_at = now()'),
      'an expired key': await keyThat(`expires_at = now() - interval '1 second'`),
      'a token of an ended session': await tokenThat(
        'UPDATE sign_in_sessions SET revoked_at = now() WHERE user_id = $person',
      ),
      'a token of a disabled person': await tokenThat(
        'UPDATE users SET disabled_at = now() WHERE id = $person',
      ),
      'a token of a removed member': await tokenThat('DELETE FROM members WHERE user_id = $person'),
      'a read key': bearing(await key(own, ['read'])),
      'a meter key': bearing(await key(own, ['meter'])),
      'a billing key': bearing(await key(own, ['billing'])),
      'an account key': bearing(owners),
      'a key of a frozen account': bearing(frozens),
      'a service key': bearing(await key(null), own),
      'a service key that may read': bearing(await key(null, ['read']), own),
      'an owner’s token': await token('owner'),
      'a billing member’s token': await token('billing'),
      'a developer’s token': await token('developer'),
      'a viewer’s token': await token('viewer'),
    },
    work: workOf(owners),
    frozenWork,
  };
}

/** Things that are there before anybody asks, and are named by all who may not touch them. */
export async function kept(work: OwnWork): Promise<OwnWork> {
  const [operation, asset, session] = [await work.operation(), await work.asset(), await work.session()];
  return {
    ...work,
    operation: async () => operation,
    asset: async () => asset,
    session: async () => session,
  };
}
