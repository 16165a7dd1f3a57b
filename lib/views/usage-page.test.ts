import { randomUUID } from 'node:crypto';

import { beforeAll, expect, test } from 'vitest';

import { UsagePageQuery } from '@/lib/contracts/usage';
import { UsagePage } from '@/lib/contracts/usage-page';
import { makeApiKey } from '@/lib/db/api-keys';
import type { AccountId } from '@/lib/db/context';
import { charge } from '@/lib/db/ledger/charge';
import { rollUp } from '@/lib/db/ledger/roll-up';
import { setTimeZone } from '@/lib/db/time-zone';
import { wholeCredits } from '@/lib/domain/credits';
import { gift } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import { readUsagePage } from './usage-page';

const NOW = new Date('2026-11-22T10:30:00Z');

const ledger = await ledgerOfFile();
beforeAll(async () => {
  await stopClock(ledger.urls, NOW);
});

/** As it arrives in a browser. */
async function page(accountId: AccountId, query: object = {}): Promise<UsagePage> {
  const read = await readUsagePage({ db: ledger.db, now: NOW, accountId }, UsagePageQuery.parse(query));
  return UsagePage.parse(JSON.parse(JSON.stringify(UsagePage.encode(read))));
}

async function member(): Promise<{ id: string; email: string }> {
  const email = `${randomUUID()}@example.com`;
  const [row] = await ledger.asOwner<{ id: string }>('INSERT INTO users (email) VALUES ($1) RETURNING id', [
    email,
  ]);
  return { id: row?.id ?? '', email };
}

async function keyOf(accountId: AccountId, name: string, createdBy: string | null): Promise<string> {
  const id = randomUUID();
  await makeApiKey(ledger.db, { id, accountId, name, scopes: ['meter'], createdBy, expiresAt: null });
  return id;
}

let charges = 0;
type By = { service?: string; apiKeyId?: string; metadata?: object };
async function uses(accountId: AccountId, whole: bigint, { service, apiKeyId, metadata }: By = {}) {
  charges += 1;
  const reference = `job ${charges}`;
  await charge(ledger.db, {
    accountId,
    reference,
    amount: wholeCredits(whole),
    hash: Buffer.from(reference),
    service: service ?? null,
    apiKeyId: apiKeyId ?? null,
    ...(metadata === undefined ? {} : { metadata }),
  });
}

async function richAccount(): Promise<AccountId> {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 10n ** 12n);
  return accountId;
}

/** Whole credits used, by name. */
const sums = ({ usage }: UsagePage) =>
  usage.kind === 'read' &&
  Object.fromEntries(usage.read.groups.map(({ name, totals }) => [name, totals.used / wholeCredits(1n)]));

test.each([
  { reach: 'not yet', entries: 0 },
  { reach: 'half of them', entries: 3 },
  { reach: 'all', entries: 100 },
])('a member used what the keys that they made used, rolled up $reach', async ({ entries }) => {
  const accountId = await richAccount();
  const [ada, ben] = [await member(), await member()];
  const [first, second] = [await keyOf(accountId, 'One', ada.id), await keyOf(accountId, 'Two', ada.id)];
  const bens = await keyOf(accountId, 'Three', ben.id);
  await uses(accountId, 5n, { apiKeyId: first });
  await uses(accountId, 7n, { apiKeyId: second });
  await uses(accountId, 11n, { apiKeyId: bens });
  await uses(accountId, 13n);
  if (entries > 0) await rollUp(ledger.db, [accountId], entries);

  for (const [timeZone, grain] of [
    ['UTC', 'day'],
    ['Asia/Kathmandu', 'day'],
    ['UTC', 'hour'],
  ]) {
    const read = await page(accountId, { by: 'member', timeZone, grain, days: 7 });
    expect(sums(read)).toEqual({ [ada.id]: 12n, [ben.id]: 11n, null: 13n });
    expect(read.choices.members).toEqual(expect.arrayContaining([ada, ben]));
  }
});

test('usage is split by what callers of the API gave, and the page offers the keys they gave it under', async () => {
  const accountId = await richAccount();
  await uses(accountId, 5n, { metadata: { request_id: 'req_1', given: { project: 'alpha', team: 'x' } } });
  await uses(accountId, 7n, { metadata: { request_id: 'req_2', given: { project: 'beta' } } });
  await uses(accountId, 11n, { metadata: { request_id: 'req_3', given: {} } });

  const read = await page(accountId, { by: 'metadata:project' });
  expect(sums(read)).toEqual({ alpha: 5n, beta: 7n, null: 11n });
  expect(read.choices.metadataKeys).toEqual(['project', 'team']);
  expect(sums(await page(accountId, { by: 'metadata:request_id' }))).toEqual({ null: 23n });
});

test('the days are those of the account where the address names no zone', async () => {
  const accountId = await richAccount();
  await setTimeZone(ledger.db, accountId, 'Pacific/Kiritimati');
  expect(await page(accountId, { days: 7 })).toMatchObject({
    timeZone: 'Pacific/Kiritimati',
    from: '2026-11-17',
    to: '2026-11-23',
  });
  expect(await page(accountId, { days: 7, timeZone: 'Pacific/Niue' })).toMatchObject({
    timeZone: 'Pacific/Niue',
    from: '2026-11-15',
    to: '2026-11-21',
  });
});

test.each([
  [{ days: '90' }, 'day', 90],
  [{ days: '365' }, 'week', 53],
  [{ days: '365', grain: 'day' }, 'day', 365],
  [{ from: '2026-01-01', to: '2026-04-30' }, 'day', 120],
  [{ from: '2026-01-01', to: '2026-05-01' }, 'week', 18],
])('an address with %j shows each %s, %d of them', async (query, grain, count) => {
  const { usage, ...shown } = await page(await richAccount(), query);
  expect(shown.grain).toBe(grain);
  expect(usage.kind === 'read' && usage.read.periods).toHaveLength(count);
});

test('hints speak of what is shown, and only where that is services', async () => {
  const accountId = await richAccount();
  for (let turn = 0; turn < 11; turn += 1) await uses(accountId, 2n, { service: 'clips' });
  await uses(accountId, 500n, { service: 'films' });
  expect((await page(accountId)).hints).toMatchObject([
    { kind: 'top-cost', service: 'films' },
    { kind: 'batch', service: 'clips', count: 11 },
  ]);
  expect((await page(accountId, { services: 'clips' })).hints).toMatchObject([
    { kind: 'top-cost', service: 'clips' },
    { kind: 'batch', service: 'clips' },
  ]);
  expect((await page(accountId, { by: 'key' })).hints).toEqual([]);
});

test('services to choose from are all that were ever charged for, those of the last second too', async () => {
  const accountId = await richAccount();
  await uses(accountId, 1n, { service: 'dubbing' });
  await rollUp(ledger.db, [accountId], 100);
  await uses(accountId, 1n, { service: 'clips' });
  await uses(accountId, 1n);
  const { choices } = await page(accountId, { services: 'dubbing' });
  expect(choices.services).toEqual(['clips', 'dubbing', null]);
});

test.each([
  [{ from: '2026-01-01', to: '2027-02-04' }, null],
  [{ from: '2026-01-01', to: '2027-02-05' }, 'Choose at most 400 days.'],
  [{ from: '2026-01-02', to: '2026-01-01' }, 'The last day is before the first.'],
  [{ from: '2026-01-02' }, 'Choose a first and a last day.'],
  [{ days: '7', grain: 'hour' }, null],
  [{ days: '90', grain: 'hour' }, 'Choose at most 31 days to see hours.'],
  [{ by: 'metadata' }, 'This is nothing that usage is split by.'],
  [{ by: 'metadata:project' }, null],
  [{ timeZone: 'Nowhere' }, 'Choose a time zone by its name, such as Europe/Berlin.'],
])('an address that asks for %j is told: %s', (query, wanted) => {
  expect(UsagePageQuery.safeParse(query).error?.issues[0]?.message ?? null).toBe(wanted);
});
