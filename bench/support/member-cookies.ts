import { encode } from 'next-auth/jwt';

import type { AccountId } from '@/lib/db/context';

import type { Stand } from './stand';

/** An owner of each account with a session, as the cookie of a browser says it, in the order of the accounts. */
export async function memberCookies(
  stand: Stand,
  accounts: readonly AccountId[],
  secret: string,
): Promise<string[]> {
  const sessions = await stand.asOwner<{ account: string; id: string }>(
    `WITH person AS (
         INSERT INTO users (email) SELECT 'bench-' || account || '@example.com' FROM unnest($1::bigint[]) AS account
         RETURNING id, email),
     membership AS (
         INSERT INTO members (account_id, user_id, role)
         SELECT substring(email from '\\d+')::bigint, id, 'owner' FROM person RETURNING account_id, user_id),
     opened AS (
         INSERT INTO sign_in_sessions (user_id, method, user_agent, expires_at)
         SELECT id, 'password', 'bench', now() + interval '1 day' FROM person RETURNING id, user_id)
     SELECT account_id AS account, opened.id FROM opened JOIN membership USING (user_id)`,
    [accounts],
  );
  const idOf = new Map(sessions.map(({ account, id }) => [BigInt(account), id]));
  return Promise.all(
    accounts.map(
      async (account) => `coffer.session=${await encode({ token: { sid: idOf.get(account) }, secret })}`,
    ),
  );
}
