import { beforeAll, expect, test } from 'vitest';

import type { AccountId, Ctx } from '@/lib/db/context';
import { finishOperation, startOperation } from '@/lib/db/ledger/operation';
import { listComingPurges } from '@/lib/db/purge-notices';
import { noticePurges } from '@/lib/services/notice-purges';
import { newMember } from '@/test/api/new-member';
import { gift, request } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { queued } from '@/test/database/queued';
import { setEnvironment } from '@/test/environment';

import { findComingPurges, tellPurges } from './coming-purges';

const START = new Date('2026-06-01T12:00:00Z');
const HOUR = 3_600_000;
const DAY = 24;
// The mail server of these tests does not exist: whoever tries to send is refused.
const TRIED_TO_SEND = /ECONNREFUSED/;

const ledger = await ledgerOfFile();
let ctx: Ctx;
beforeAll(async () => {
  setEnvironment();
  await stopClock(ledger.urls, START);
  ctx = { db: ledger.db, now: new Date() };
});

const clock = (hours: number) =>
  ledger.asOwner('UPDATE clock SET now = $1', [new Date(START.getTime() + hours * HOUR)]);
type Told = { accountId: string; noticedAt: string };

/** The clock looks, and what it found is worked off but for the mail. What the account is to be warned of. */
async function looks(of: AccountId, hours: number): Promise<string> {
  await clock(hours);
  await ledger.asOwner('TRUNCATE graphile_worker._private_jobs');
  await findComingPurges(ctx);
  for (const { accountId } of await queued(ledger, 'notice-purges'))
    await noticePurges({ ...ctx, accountId: BigInt(accountId) as AccountId });
  const [told] = await queued<Told>(ledger, 'tell-purges', of);
  if (!told) return '';
  const coming = await listComingPurges(ledger.db, { accountId: of, at: new Date(told.noticedAt) });
  return coming.map(({ reference }) => reference).join('');
}

/** An account with work that was finished so many hours after the start, and waits for thirty days from then. */
async function anAccount(work: Record<string, number>): Promise<AccountId> {
  await clock(0);
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 1n);
  for (const reference of Object.keys(work))
    await startOperation(ledger.db, { ...request(accountId, reference, 0n), start: { by: 'gate' } });
  for (const [reference, hours] of Object.entries(work)) {
    await clock(hours);
    await finishOperation(ledger.db, request(accountId, reference, 100n));
  }
  return accountId;
}

test('unpaid work is warned of seven days, three days and one day before it goes, once each', async () => {
  const accountId = await anAccount({ a: 0 });
  expect(await looks(accountId, 23 * DAY - 1)).toBe('');
  expect(await looks(accountId, 23 * DAY)).toBe('a');
  expect(await looks(accountId, 26 * DAY)).toBe('');
  expect(await looks(accountId, 27 * DAY)).toBe('a');
  expect(await looks(accountId, 27 * DAY + 1)).toBe('');
  expect(await looks(accountId, 29 * DAY)).toBe('a');
  expect(await looks(accountId, 30 * DAY - 1)).toBe('');
  expect(await looks(accountId, 30 * DAY)).toBe('');
});

test('what was not looked at for long is warned of once, by how little is left', async () => {
  const accountId = await anAccount({ a: 0 });
  expect(await looks(accountId, 29 * DAY + 1)).toBe('a');
  expect(await looks(accountId, 29 * DAY + 2)).toBe('');
});

test('what follows within a day is warned of with it, so that a day brings one mail', async () => {
  const accountId = await anAccount({ a: 0, b: 5, c: 23, d: 30 });
  expect(await looks(accountId, 23 * DAY)).toBe('abc');
  expect(await looks(accountId, 23 * DAY + 23)).toBe('');
  expect(await looks(accountId, 24 * DAY + 6)).toBe('d');
});

test('what is paid for is not warned of', async () => {
  const accountId = await anAccount({ a: 0, b: 1 });
  await gift(ledger, accountId, 150n);
  expect(await looks(accountId, 24 * DAY)).toBe('b');
  await gift(ledger, accountId, 150n);
  expect(await looks(accountId, 28 * DAY)).toBe('');
});

test('many looks at once warn once', async () => {
  const accountId = await anAccount({ a: 0, b: 1 });
  await clock(24 * DAY);
  await ledger.asOwner('TRUNCATE graphile_worker._private_jobs');
  await Promise.all(Array.from({ length: 8 }, () => noticePurges({ ...ctx, accountId })));
  expect(await queued(ledger, 'tell-purges', accountId)).toHaveLength(1);
});

test('the mail is sent to who pays, and not when it is paid by then', async () => {
  const accountId = await anAccount({ a: 0 });
  await looks(accountId, 24 * DAY);
  const [job] = await queued<Told>(ledger, 'tell-purges', accountId);
  if (!job) throw new Error('nobody is told');
  await expect(tellPurges(ctx, job)).resolves.toBeUndefined();
  await newMember(ledger, accountId, 'owner');
  await expect(tellPurges(ctx, job)).rejects.toThrow(TRIED_TO_SEND);
  await gift(ledger, accountId, 150n);
  await expect(tellPurges(ctx, job)).resolves.toBeUndefined();
});
