import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { checkout } from '@/bin/support/checkout';
import { withoutOurNames } from '@/bin/support/environment';

import { type SeedSystem, seedSystem } from './seed-system';

// Each starts programs of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let system: SeedSystem;
beforeAll(async () => {
  system = await seedSystem('dubbing');
});
afterAll(() => system.close());

type Ended = { code: number; stdout: string; stderr: string };
const run = promisify(execFile);
/** `npm run api-key`, as an operator runs it. */
const apiKey = (...args: string[]): Promise<Ended> =>
  run(process.execPath, ['--import', 'tsx', 'bin/api-key.ts', ...args], {
    cwd: checkout,
    env: { ...withoutOurNames('test'), DATABASE_URL: system.ledger.urls.appUrl },
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: Ended) => ({ code, stdout, stderr }),
  );

test('the first key of an account is printed once, alone, and works', async () => {
  const { accountId } = await system.customer(10);
  const { stdout } = await apiKey('--account', `${accountId}`, '--name', 'Backend', '--scopes', 'read');
  expect(stdout).toMatch(/^cof_live_\S+\n$/);
  const key = stdout.trim();
  expect(await system.ask('GET', '/v1/credits/balance', { key })).toMatchObject({
    status: 200,
    body: { balance: 10 },
  });
  const body = { service: 'dubbing', quantities: { seconds: 1 }, reference: 'x' };
  expect((await system.ask('POST', '/v1/charges', { key, body })).status).toBe(403);
  const kept = await system.ledger.asOwner(`SELECT 1 FROM api_keys t WHERE t::text LIKE '%' || $1 || '%'`, [
    key,
  ]);
  expect(kept).toEqual([]);
});

test('a service key acts for the account that a request names', async () => {
  const { accountId } = await system.customer(10);
  const key = (await apiKey('--service', '--name', 'Our backend')).stdout.trim();
  expect(key).toMatch(/^cof_service_/);
  const headers = { 'coffer-account': `${accountId}` };
  expect((await system.ask('GET', '/v1/balance', { key, headers })).body.balance).toBe(10);
});

test('no key is made for an account that is not there', async () => {
  expect(await apiKey('--account', '999999', '--name', 'Backend')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'There is no account 999999\n',
  });
  expect((await apiKey('--name', 'Backend')).code).toBe(2);
});
