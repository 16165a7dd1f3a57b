import { randomUUID } from 'node:crypto';

import { beforeAll, expect, test } from 'vitest';

import { pauseAutoTopUp } from '@/lib/db/auto-top-up-rules';
import type { AccountId, Ctx } from '@/lib/db/context';
import { charge } from '@/lib/db/ledger/charge';
import { hold, release } from '@/lib/db/ledger/hold';
import { wholeCredits } from '@/lib/domain/credits';
import type { LowBalance } from '@/lib/domain/low-balance';
import { noticeLowBalance } from '@/lib/services/notice-low-balance';
import { newMember } from '@/test/api/new-member';
import { accountWithRule, SETTINGS } from '@/test/database/auto-top-up';
import { gift, request } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { queued } from '@/test/database/queued';
import { choosePriceBook } from '@/test/environment';

import { findLowBalances, tellLowBalance } from './low-balances';

const START = new Date('2026-06-01T12:00:00Z');
const HOUR = 3_600_000;
// The mail server of these tests does not exist: whoever tries to send is refused.
const TRIED_TO_SEND = /ECONNREFUSED/;

const ledger = await ledgerOfFile();
let ctx: Ctx;
beforeAll(async () => {
  // It tells at 500 and at 100.
  await choosePriceBook('dubbing');
  await stopClock(ledger.urls, START);
  ctx = { db: ledger.db, now: new Date() };
});

type Told = { accountId: string; level: LowBalance; noticedAt: string };

/** The clock looks, and what it found is worked off but for the mail. The levels that the account is to be told of. */
async function looks(of: AccountId, afterHours = 0): Promise<LowBalance[]> {
  await ledger.asOwner('UPDATE clock SET now = $1', [new Date(START.getTime() + afterHours * HOUR)]);
  await ledger.asOwner('TRUNCATE graphile_worker._private_jobs');
  await findLowBalances(ctx);
  for (const { accountId } of await queued(ledger, 'notice-low-balance'))
    await noticeLowBalance({ ...ctx, accountId: BigInt(accountId) as AccountId });
  return (await queued<Told>(ledger, 'tell-low-balance', of)).map(({ level }) => level);
}

async function anAccount(whole: bigint): Promise<AccountId> {
  const accountId = await ledger.newAccount();
  if (whole > 0n) await gift(ledger, accountId, wholeCredits(whole));
  return accountId;
}
const spends = (accountId: AccountId, whole: bigint) =>
  charge(ledger.db, request(accountId, randomUUID(), wholeCredits(whole)));

const found = async (accountId: AccountId) => {
  await ledger.asOwner('TRUNCATE graphile_worker._private_jobs');
  await findLowBalances(ctx);
  return (await queued(ledger, 'notice-low-balance', accountId)).length === 1;
};

test('each level is told once when it is fallen to, and again after credits rose above it', async () => {
  const accountId = await anAccount(600n);
  expect(await looks(accountId)).toEqual([]);
  await spends(accountId, 100n);
  expect(await looks(accountId)).toEqual(['warning']);
  expect(await looks(accountId)).toEqual([]);
  await spends(accountId, 400n);
  expect(await looks(accountId)).toEqual(['critical']);
  await spends(accountId, 100n);
  expect(await looks(accountId)).toEqual(['exhausted']);
  expect(await looks(accountId, 72)).toEqual([]);

  await gift(ledger, accountId, wholeCredits(300n));
  expect(await looks(accountId, 72)).toEqual([]);
  await spends(accountId, 300n);
  expect(await looks(accountId, 72)).toEqual(['exhausted']);
});

test('credits that came and went between two looks arm what they rose above', async () => {
  const accountId = await anAccount(600n);
  await spends(accountId, 600n);
  expect(await looks(accountId)).toEqual(['exhausted']);
  await gift(ledger, accountId, wholeCredits(600n));
  await spends(accountId, 550n);
  expect(await looks(accountId)).toEqual(['critical']);
});

test('what a hold takes and gives back is told of once a day', async () => {
  const accountId = await anAccount(600n);
  const reserves = async () => {
    const reference = randomUUID();
    await hold(ledger.db, { ...request(accountId, reference, wholeCredits(200n)), seconds: 600 });
    return () => release(ledger.db, { accountId, reference });
  };
  const lets = await reserves();
  expect(await looks(accountId, 100)).toEqual(['warning']);
  await lets();
  expect(await looks(accountId, 101)).toEqual([]);
  const letsAgain = await reserves();
  expect(await looks(accountId, 102)).toEqual([]);
  await letsAgain();
  expect(await looks(accountId, 125)).toEqual([]);
  await reserves();
  expect(await looks(accountId, 125)).toEqual(['warning']);
});

test('nobody is told who never had more: neither of nothing, nor of what they were given at the start', async () => {
  const none = await anAccount(0n);
  const few = await anAccount(50n);
  expect(await looks(none)).toEqual([]);
  expect(await looks(few)).toEqual([]);
  expect(await found(none)).toBe(false);
  expect(await found(few)).toBe(false);
  await spends(few, 50n);
  expect(await looks(few)).toEqual(['exhausted']);
});

test('what was told or armed is not looked at again', async () => {
  const accountId = await anAccount(600n);
  await spends(accountId, 200n);
  expect(await found(accountId)).toBe(true);
  await looks(accountId);
  expect(await found(accountId)).toBe(false);
  await gift(ledger, accountId, wholeCredits(10n));
  expect(await found(accountId)).toBe(true);
  await looks(accountId);
  expect(await found(accountId)).toBe(false);
});

/** Little left, and a rule that sees to it. */
async function withRule(settings = {}): Promise<AccountId> {
  const accountId = await accountWithRule(ledger, {
    ...SETTINGS,
    threshold: wholeCredits(500n),
    size: { mode: 'target', target: wholeCredits(2_000n) },
    ...settings,
  });
  await gift(ledger, accountId, wholeCredits(600n));
  await spends(accountId, 300n);
  return accountId;
}
const recorded = (accountId: AccountId, because: string, until: Date | null) =>
  ledger.asOwner(
    `INSERT INTO auto_top_up_records (account_id, seq, because, until, rule_version, first_at, last_at, count, said)
     VALUES ($1, 1, $2, $3, 1, $4, $4, 1, '[]')`,
    [accountId, because, until, START],
  );

test('nobody is told while auto top-up is enabled and healthy', async () => {
  const accountId = await withRule();
  expect(await looks(accountId)).toEqual([]);
  await recorded(accountId, 'below-threshold', null);
  expect(await looks(accountId)).toEqual([]);
  expect(await found(accountId)).toBe(false);
});

test.each<{ says: string; spoils: (accountId: AccountId) => Promise<unknown> }>([
  {
    says: 'paused',
    spoils: (accountId) => pauseAutoTopUp(ledger.db, { accountId, because: 'card-declined' }),
  },
  {
    says: 'held up by a limit',
    spoils: (accountId) => recorded(accountId, 'monthly-limit', new Date('2027-01-01T00:00:00Z')),
  },
  {
    says: 'waiting for a payment that needs somebody',
    spoils: async (accountId) => {
      const id = randomUUID();
      await ledger.asOwner(
        `INSERT INTO top_ups (account_id, id, origin, status, price_book_version, credits, price_cents, currency, claimed_at, window_end)
         VALUES ($1, $2, 'auto', 'processing', '1', 1, 500, 'usd', $3, $3::timestamptz + interval '6 hours')`,
        [accountId, id, START],
      );
      await ledger.asOwner(
        `INSERT INTO recoveries (account_id, top_up_id, state, attempt, opened_at, link_asked_at)
         VALUES ($1, $2, 'authentication-required', 1, $3, $3)`,
        [accountId, id, START],
      );
    },
  },
])('a customer is told when auto top-up is $says', async ({ spoils }) => {
  const accountId = await withRule();
  expect(await looks(accountId)).toEqual([]);
  await spoils(accountId);
  expect(await looks(accountId)).toEqual(['warning']);
});

test('a limit that has passed is none', async () => {
  const accountId = await withRule();
  await recorded(accountId, 'cooling-down', START);
  expect(await looks(accountId, 200)).toEqual([]);
});

test('a customer is told when auto top-up is off', async () => {
  expect(await looks(await withRule({ enabled: false }))).toEqual(['warning']);
});

test('many looks at once tell once', async () => {
  const accountId = await anAccount(600n);
  await spends(accountId, 600n);
  await ledger.asOwner('TRUNCATE graphile_worker._private_jobs');
  await Promise.all(Array.from({ length: 8 }, () => noticeLowBalance({ ...ctx, accountId })));
  expect(await queued(ledger, 'tell-low-balance', accountId)).toMatchObject([{ level: 'exhausted' }]);
});

test('the mail is sent to who pays, and not where there is enough again, or less', async () => {
  const accountId = await anAccount(600n);
  await newMember(ledger, accountId, 'developer');
  await spends(accountId, 200n);
  await looks(accountId);
  const [job] = await queued<Told>(ledger, 'tell-low-balance', accountId);
  if (!job) throw new Error('nobody is told');
  await expect(tellLowBalance(ctx, job)).resolves.toBeUndefined();
  await newMember(ledger, accountId, 'billing');
  await expect(tellLowBalance(ctx, job)).rejects.toThrow(TRIED_TO_SEND);
  await spends(accountId, 390n);
  await expect(tellLowBalance(ctx, job)).resolves.toBeUndefined();
  await gift(ledger, accountId, wholeCredits(1_000n));
  await expect(tellLowBalance(ctx, job)).resolves.toBeUndefined();
});
