import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import { newPerson } from '@/test/access/people';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import { pruneSignIns } from './prune-sign-ins';

const ledger = await ledgerOfFile();

const prune = () => pruneSignIns({ db: ledger.db, now: new Date() });
const left = async <Row extends object>(statement: string) => ledger.asOwner<Row>(statement);

test('sessions go thirty days after they ended, and stay until then', async () => {
  const { userId } = await newPerson(ledger);
  const session = (name: string, expires: string, revoked: string | null) =>
    ledger.asOwner(
      `INSERT INTO sign_in_sessions (user_id, method, user_agent, expires_at, revoked_at)
       VALUES ($1, 'email', $2, now() + $3::interval, now() + $4::interval)`,
      [userId, name, expires, revoked],
    );
  await session('live', '13 days', null);
  await session('expired lately', '-29 days', null);
  await session('expired long ago', '-31 days', null);
  await session('revoked lately', '-10 days', '-20 days');
  await session('revoked long ago', '-20 days', '-31 days');
  await prune();
  const names = await left<{ user_agent: string }>(
    'SELECT user_agent FROM sign_in_sessions ORDER BY user_agent',
  );
  expect(names.map((row) => row.user_agent)).toEqual(['expired lately', 'live', 'revoked lately']);
});

test('links, codes and unfinished authenticators go when they are over, and no others', async () => {
  const [begun, forgotten, on] = [await newPerson(ledger), await newPerson(ledger), await newPerson(ledger)];
  await ledger.asOwner(
    `INSERT INTO sign_in_tokens VALUES ('a', 'good', now() + interval '1 minute'), ('a', 'over', now() - interval '1 minute')`,
  );
  await ledger.asOwner(
    `WITH s AS (INSERT INTO sign_in_sessions (id, user_id, method, user_agent, expires_at)
                SELECT id, $3, 'email', '', now() + interval '1 day' FROM unnest(ARRAY[$1, $2]::uuid[]) AS id RETURNING id)
     INSERT INTO mailed_codes SELECT id, sha256(''), now() + CASE id WHEN $1::uuid THEN 1 ELSE -1 END * interval '1 minute' FROM s`,
    [randomUUID(), randomUUID(), begun.userId],
  );
  await ledger.asOwner(
    `INSERT INTO authenticators (user_id, sealed_secret, created_at, confirmed_at)
     VALUES ($1, '', now() - interval '1 hour', NULL), ($2, '', now() - interval '25 hours', NULL),
            ($3, '', now() - interval '1 year', now())`,
    [begun.userId, forgotten.userId, on.userId],
  );
  await prune();
  expect(await left('SELECT token_hash FROM sign_in_tokens')).toEqual([{ token_hash: 'good' }]);
  expect(await left('SELECT expires_at > now() AS good FROM mailed_codes')).toEqual([{ good: true }]);
  const kept = await left<{ user_id: string }>('SELECT user_id FROM authenticators');
  expect(new Set(kept.map((row) => row.user_id))).toEqual(new Set([begun.userId, on.userId]));
});
