import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import type { AccountCtx } from '@/lib/db/context';
import { charge } from '@/lib/db/ledger/charge';
import { startOperation } from '@/lib/db/ledger/operation';
import { gift, request } from '@/test/database/ledger-account';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import { search } from './search';

const ledger = await ledgerOfFile();

async function anAccount(): Promise<AccountCtx> {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 1_000n);
  await charge(ledger.db, { ...request(accountId, 'podcast-112.wav', 10n), service: 'dubbing' });
  await startOperation(ledger.db, {
    ...request(accountId, 'interview-7.mp4', 0n),
    start: { by: 'gate' },
    service: 'dubbing',
  });
  await ledger.asOwner(
    `INSERT INTO api_keys (id, account_id, key_hash, prefix, name, scopes, revoked_at) VALUES
       ($1::uuid, $3, sha256($1::text::bytea), 'cof_live_abcdefg', 'Night batch', '{read}', NULL),
       ($2::uuid, $3, sha256($2::text::bytea), 'cof_live_zzzzzzz', 'Night gone', '{read}', now())`,
    [randomUUID(), randomUUID(), accountId],
  );
  return { db: ledger.db, now: new Date(), accountId };
}
const namesOf = async (ctx: AccountCtx, text: string) => {
  const { invoices, keys, operations } = await search(ctx, { text });
  return [
    ...invoices.map(({ number }) => number),
    ...keys.map(({ name }) => name),
    ...operations.map(({ reference }) => reference),
  ];
};

test('keys are found by name and beginning, and not when they are revoked; work by its whole reference', async () => {
  const ctx = await anAccount();
  expect(await namesOf(ctx, 'night')).toEqual(['Night batch']);
  expect(await namesOf(ctx, 'cof_live_abc')).toEqual(['Night batch']);
  expect(await namesOf(ctx, 'podcast-112.wav')).toEqual(['podcast-112.wav']);
  expect(await namesOf(ctx, 'interview-7.mp4')).toEqual(['interview-7.mp4']);
  expect(await namesOf(ctx, 'interview')).toEqual([]);
  expect(await namesOf(ctx, '%')).toEqual([]);
});

test('nothing of another account is found', async () => {
  await anAccount();
  const stranger = { db: ledger.db, now: new Date(), accountId: await ledger.newAccount() };
  for (const text of ['night', 'cof_live_abc', 'podcast-112.wav', 'interview-7.mp4'])
    expect(await namesOf(stranger, text)).toEqual([]);
});
