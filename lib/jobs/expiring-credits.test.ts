import { randomUUID } from 'node:crypto';

import { beforeAll, expect, test } from 'vitest';

import type { AccountId, Ctx } from '@/lib/db/context';
import { listExpiringCredits } from '@/lib/db/credit-expiry';
import { resetAllowance } from '@/lib/db/ledger/allowance';
import { charge } from '@/lib/db/ledger/charge';
import { allowancePeriodOf } from '@/lib/domain/allowance-period';
import { credits } from '@/lib/domain/credits';
import { noticeCreditExpiry } from '@/lib/services/notice-credit-expiry';
import { newMember } from '@/test/api/new-member';
import { gift, request } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { queued } from '@/test/database/queued';
import { setEnvironment } from '@/test/environment';

import { findExpiringCredits, tellCreditsExpire } from './expiring-credits';

const START = new Date('2026-06-01T12:00:00Z');
const HOUR = 3_600_000;
const after = (hours: number) => new Date(START.getTime() + hours * HOUR);
// The mail server of these tests does not exist: whoever tries to send is refused.
const TRIED_TO_SEND = /ECONNREFUSED/;

const ledger = await ledgerOfFile();
let ctx: Ctx;
beforeAll(async () => {
  setEnvironment();
  await stopClock(ledger.urls, START);
  ctx = { db: ledger.db, now: new Date() };
});

const clock = (hours: number) => ledger.asOwner('UPDATE clock SET now = $1', [after(hours)]);
type Told = { accountId: string; noticedAt: string };

/** The clock looks, and what it found is worked off but for the mail. What of its credits the account is to be told of. */
async function looks(of: AccountId, hours: number): Promise<bigint[]> {
  await clock(hours);
  await ledger.asOwner('TRUNCATE graphile_worker._private_jobs');
  await findExpiringCredits(ctx);
  for (const { accountId } of await queued(ledger, 'notice-credit-expiry'))
    await noticeCreditExpiry({ ...ctx, accountId: BigInt(accountId) as AccountId });
  const [told] = await queued<Told>(ledger, 'tell-credits-expire', of);
  if (!told) return [];
  const at = new Date(told.noticedAt);
  return (await listExpiringCredits(ledger.db, { accountId: of, at })).map(({ left }) => left);
}

/** Grants of so much, each until so many hours from the start; the clock stands there. */
async function anAccount(...grants: [amount: bigint, hours: number | null][]): Promise<AccountId> {
  await clock(0);
  const accountId = await ledger.newAccount();
  for (const [amount, hours] of grants)
    await gift(ledger, accountId, amount, ...(hours === null ? [] : [after(hours)]));
  return accountId;
}
const spends = (accountId: AccountId, amount: bigint) =>
  charge(ledger.db, request(accountId, randomUUID(), amount));

test('credits are told of seven days before they expire, once for each grant', async () => {
  const accountId = await anAccount([10n, 240], [20n, 300], [5n, null]);
  expect(await looks(accountId, 71)).toEqual([]);
  expect(await looks(accountId, 72)).toEqual([10n]);
  expect(await looks(accountId, 73)).toEqual([]);
  expect(await looks(accountId, 132)).toEqual([20n]);
  expect(await looks(accountId, 290)).toEqual([]);
});

test('what follows within a day is told with it', async () => {
  const accountId = await anAccount([20n, 263], [10n, 240], [30n, 265]);
  expect(await looks(accountId, 72)).toEqual([10n, 20n]);
  expect(await looks(accountId, 95)).toEqual([]);
  expect(await looks(accountId, 97)).toEqual([30n]);
});

test('only what is left of them is told', async () => {
  const accountId = await anAccount([10n, 240], [20n, 241], [100n, null]);
  await spends(accountId, 14n);
  expect(await looks(accountId, 80)).toEqual([16n]);
  const used = await anAccount([10n, 240], [100n, null]);
  await spends(used, 10n);
  expect(await looks(used, 80)).toEqual([]);
  const gone = await anAccount([10n, 240]);
  expect(await looks(gone, 241)).toEqual([]);
});

test('the end of an allowance is no news: the next one follows', async () => {
  const accountId = await anAccount();
  const period = allowancePeriodOf(START, START);
  await resetAllowance(ledger.db, { accountId, amount: credits(10n), period });
  const hours = (period.endsAt.getTime() - START.getTime()) / HOUR - 24;
  expect(await looks(accountId, hours)).toEqual([]);
});

test('many looks at once tell once', async () => {
  const accountId = await anAccount([10n, 240], [20n, 241]);
  await clock(100);
  await ledger.asOwner('TRUNCATE graphile_worker._private_jobs');
  await Promise.all(Array.from({ length: 8 }, () => noticeCreditExpiry({ ...ctx, accountId })));
  expect(await queued(ledger, 'tell-credits-expire', accountId)).toHaveLength(1);
});

test('the mail is sent to who pays, and not when the credits are used by then', async () => {
  const accountId = await anAccount([10n, 240]);
  await looks(accountId, 100);
  const [job] = await queued<Told>(ledger, 'tell-credits-expire', accountId);
  if (!job) throw new Error('nobody is told');
  await expect(tellCreditsExpire(ctx, job)).resolves.toBeUndefined();
  await newMember(ledger, accountId, 'owner');
  await expect(tellCreditsExpire(ctx, job)).rejects.toThrow(TRIED_TO_SEND);
  await spends(accountId, 10n);
  await expect(tellCreditsExpire(ctx, job)).resolves.toBeUndefined();
});
