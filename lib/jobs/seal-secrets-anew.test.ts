import { randomUUID } from 'node:crypto';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { isSealedAnew } from '@/lib/db/sealed';
import { addEndpoint, openSecret, rollEndpointSecret } from '@/lib/db/webhook-endpoints';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';
import { setEnvironment } from '@/test/environment';

import { sealSecretsAnew } from './seal-secrets-anew';

setEnvironment();

let ledger: LedgerFixture;
let accountId: AccountId;
beforeEach(async () => {
  ledger = await ledgerFixture();
  accountId = await ledger.newAccount();
});
afterEach(() => ledger.close());

const ctx = () => ({ db: ledger.db, now: new Date() });
const stored = () =>
  ledger.asOwner<{ id: string; secret: string; former: string | null }>(
    'SELECT id, secret, former_secret AS former FROM webhook_endpoints ORDER BY created_at',
  );
const added = async () => {
  const endpoint = {
    accountId,
    id: randomUUID(),
    url: 'https://hooks.example/',
    topics: ['operation.ready' as const],
  };
  const secret = await addEndpoint(ledger.db, { ...endpoint, createdBy: randomUUID(), ...ctx() });
  return { ...endpoint, secret };
};

test('nobody who reads the table, or a dump of it, can sign as we do', async () => {
  const { secret, ...endpoint } = await added();
  const rolled = (await rollEndpointSecret(ledger.db, { ...endpoint, ...ctx() })) ?? '';
  const dump = JSON.stringify(await stored());
  for (const shown of [secret, rolled]) expect(dump).not.toContain(shown.slice('whsec_'.length));
  expect(dump).not.toContain('whsec_');
});

test('what was stored as it is, is sealed; what is sealed already, is left alone', async () => {
  const [plain, sealed] = [await added(), await added()];
  await ledger.asOwner(
    `UPDATE webhook_endpoints SET secret = 'whsec_plain', former_secret = 'whsec_former', former_until = now() WHERE id = $1`,
    [plain.id],
  );
  const [, before] = await stored();
  await sealSecretsAnew(ctx());
  const [first, second] = await stored();
  expect([first?.secret, first?.former].every((text) => isSealedAnew(text ?? ''))).toBe(true);
  expect(openSecret(first?.secret ?? '', plain)).toBe('whsec_plain');
  expect(openSecret(first?.former ?? '', plain)).toBe('whsec_former');
  expect(second).toEqual(before);
  expect(openSecret(second?.secret ?? '', sealed)).toBe(sealed.secret);
});

test('a secret that is put into the row of another endpoint signs nothing there', async () => {
  const [mine, theirs] = [await added(), await added()];
  await ledger.asOwner(
    'UPDATE webhook_endpoints SET secret = (SELECT secret FROM webhook_endpoints WHERE id = $1) WHERE id = $2',
    [mine.id, theirs.id],
  );
  const [, moved] = await stored();
  expect(() => openSecret(moved?.secret ?? '', theirs)).toThrow(/unable to authenticate|Unsupported state/i);
});
