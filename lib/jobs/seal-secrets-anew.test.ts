import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import { isSealedAnew } from '@/lib/db/sealed';
import { addEndpoint, openSecret, rollEndpointSecret } from '@/lib/db/webhook-endpoints';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { setEnvironment } from '@/test/environment';

import { sealSecretsAnew } from './seal-secrets-anew';

setEnvironment();

const ledger = await ledgerOfFile();

const ctx = () => ({ db: ledger.db, now: new Date() });
const stored = async ({ id }: { id: string }) => {
  const [row] = await ledger.asOwner<{ secret: string; former: string }>(
    `SELECT secret, coalesce(former_secret, '') AS former FROM webhook_endpoints WHERE id = $1`,
    [id],
  );
  return row ?? { secret: '', former: '' };
};
const added = async () => {
  const endpoint = {
    accountId: await ledger.newAccount(),
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
  const dump = JSON.stringify(await stored(endpoint));
  for (const shown of [secret, rolled]) expect(dump).not.toContain(shown.slice('whsec_'.length));
  expect(dump).not.toContain('whsec_');
});

test('what was stored as it is, is sealed; what is sealed already, is left alone', async () => {
  const [plain, sealed] = [await added(), await added()];
  await ledger.asOwner(
    `UPDATE webhook_endpoints SET secret = 'whsec_plain', former_secret = 'whsec_former', former_until = now() WHERE id = $1`,
    [plain.id],
  );
  const before = await stored(sealed);
  await sealSecretsAnew(ctx());
  const { secret, former } = await stored(plain);
  expect([secret, former].map(isSealedAnew)).toEqual([true, true]);
  expect(openSecret(secret, plain)).toBe('whsec_plain');
  expect(openSecret(former, plain)).toBe('whsec_former');
  expect(await stored(sealed)).toEqual(before);
  expect(openSecret(before.secret, sealed)).toBe(sealed.secret);
});

test('a secret that is put into the row of another endpoint signs nothing there', async () => {
  const [mine, theirs] = [await added(), await added()];
  await ledger.asOwner(
    'UPDATE webhook_endpoints SET secret = (SELECT secret FROM webhook_endpoints WHERE id = $1) WHERE id = $2',
    [mine.id, theirs.id],
  );
  const moved = await stored(theirs);
  expect(() => openSecret(moved.secret, theirs)).toThrow(/unable to authenticate|Unsupported state/i);
});
