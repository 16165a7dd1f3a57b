import { beforeAll, expect, test } from 'vitest';

import { setAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountId } from '@/lib/db/context';
import { charge } from '@/lib/db/ledger/charge';
import { finishOperation, startOperation } from '@/lib/db/ledger/operation';
import { cents, wholeCredits } from '@/lib/domain/credits';
import type { MemberRole } from '@/lib/domain/member-role';
import { aConsent } from '@/test/database/auto-top-up';
import { gift, request } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { setEnvironment } from '@/test/environment';

import { readOutlook } from './outlook';

const START = Date.UTC(2026, 2, 1);
const at = (days: number) => new Date(START + days * 86_400_000);
const whole = (count: bigint): bigint => wholeCredits(count);

setEnvironment();
const ledger = await ledgerOfFile();
beforeAll(() => stopClock(ledger.urls, at(0)));
const clock = (days: number) => ledger.asOwner('UPDATE clock SET now = $1', [at(days)]);
const outlookOf = (accountId: AccountId, role: MemberRole = 'owner') =>
  readOutlook({ db: ledger.db, now: new Date(), accountId, role });

/** Given 1,200 credits, of which 100 are used on each of seven days. */
async function aWeekOfUse(): Promise<AccountId> {
  const accountId = await ledger.newAccount();
  await clock(0);
  await gift(ledger, accountId, whole(1_200n));
  for (const day of [0, 1, 2, 3, 4, 5, 6]) {
    await clock(day + 0.5);
    await charge(ledger.db, request(accountId, `day ${day}`, whole(100n)));
  }
  await clock(7.5);
  return accountId;
}

const RULE = {
  enabled: true,
  threshold: wholeCredits(300n),
  size: { mode: 'target', target: wholeCredits(2_000n) },
  monthlyLimitCents: cents(100_000n),
  paymentMethod: null,
} as const;
const underRule = async (accountId: AccountId, change: Partial<typeof RULE> | { enabled: false } = {}) =>
  setAutoTopUpRule(ledger.db, {
    accountId,
    settings: { ...RULE, ...change },
    consent: await aConsent(ledger),
  });

test('what is available lasts as many days as the last seven days’ pace gives it', async () => {
  expect(await outlookOf(await aWeekOfUse())).toMatchObject({
    asOf: at(7.5),
    autoTopUp: null,
    runway: { kind: 'lasting', days: 5n, until: at(12.5), perDay: whole(100n) },
    waiting: { count: 0, lines: [] },
  });
});

test('with auto top-up the next charge is foreseen, when the pace crosses the threshold', async () => {
  const accountId = await aWeekOfUse();
  await underRule(accountId);
  const { autoTopUp } = await outlookOf(accountId);
  expect(autoTopUp).toMatchObject({ threshold: whole(300n), isPaused: false, card: null });
  expect(autoTopUp?.next).toMatchObject({ kind: 'charge', priceCents: 17_01n });
});

test('a rule that is turned off foresees nothing', async () => {
  const accountId = await aWeekOfUse();
  await underRule(accountId);
  await underRule(accountId, { enabled: false });
  expect((await outlookOf(accountId)).autoTopUp).toBeNull();
});

test('what waits is the oldest first, with what releases all of it', async () => {
  const accountId = await ledger.newAccount();
  await clock(20);
  await gift(ledger, accountId, whole(10n));
  const jobs = [3n, 9n, 5n, 4n];
  for (const index of jobs.keys())
    await startOperation(ledger.db, { ...request(accountId, `job ${index}`, 0n), start: { by: 'gate' } });
  await charge(ledger.db, request(accountId, 'all but one', whole(9n)));
  for (const [index, amount] of jobs.entries()) {
    await clock(20 + index / 1_000);
    await finishOperation(ledger.db, request(accountId, `job ${index}`, whole(amount)));
  }
  const { waiting } = await outlookOf(accountId);
  expect(waiting).toMatchObject({ count: 4, amount: whole(21n), lacks: whole(20n) });
  expect(waiting.lines.map(({ reference }) => reference)).toEqual(['job 0', 'job 1', 'job 2']);
});

test('the card is named to those who may charge it, and to nobody else', async () => {
  const accountId = await aWeekOfUse();
  await underRule(accountId);
  await ledger.asOwner(
    `INSERT INTO cards (account_id, payment_method, fingerprint, brand, last4, exp_month, exp_year, country, funding, is_default, saved_at)
     VALUES ($1, 'pm_1', 'print', 'visa', '4242', 12, 2030, 'US', 'credit', true, now())`,
    [accountId],
  );
  expect((await outlookOf(accountId)).autoTopUp?.card).toBe('Visa ·4242');
  expect((await outlookOf(accountId, 'viewer')).autoTopUp?.card).toBeNull();
});
