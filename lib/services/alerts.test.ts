import { expect, test } from 'vitest';

import { findAlerted } from '@/lib/db/alerts';
import type { AccountId, RoleCtx } from '@/lib/db/context';
import { charge } from '@/lib/db/ledger/charge';
import { wholeCredits } from '@/lib/domain/credits';
import type { MemberRole } from '@/lib/domain/member-role';
import { findLowBalances, noticeLowBalance } from '@/lib/jobs/low-balances';
import { readAlerts } from '@/lib/views/alerts';
import { readTimeZone } from '@/lib/views/time-zone';
import { newMember } from '@/test/api/new-member';
import { gift, request } from '@/test/database/ledger-account';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { queued } from '@/test/database/queued';
import { choosePriceBook } from '@/test/environment';

import { changeTimeZone } from './change-time-zone';
import { chooseAlert } from './choose-alert';
import { setAlertLevels } from './set-alert-levels';

// It tells at 500 and at 100.
await choosePriceBook('dubbing');
const ledger = await ledgerOfFile();

async function member(accountId: AccountId, role: MemberRole): Promise<RoleCtx & { email: string }> {
  const { userId, email } = await newMember(ledger, accountId, role);
  return { db: ledger.db, now: new Date(), accountId, userId, role, email };
}
const toldOf = async (accountId: AccountId) =>
  (await findAlerted(ledger.db, { accountId, alert: 'low_balance' })).emails;

test('who sees to the money is told unless they chose otherwise, others only if they chose to be', async () => {
  const accountId = await ledger.newAccount();
  const [owner, viewer] = [await member(accountId, 'owner'), await member(accountId, 'viewer')];
  expect(await toldOf(accountId)).toEqual([owner.email]);
  await chooseAlert(owner, { alert: 'low_balance', wanted: false });
  await chooseAlert(viewer, { alert: 'low_balance', wanted: true });
  expect(await toldOf(accountId)).toEqual([viewer.email]);

  const { alerts } = await readAlerts(owner);
  expect(alerts).toEqual([
    { alert: 'low_balance', wanted: false, told: [viewer.email] },
    { alert: 'credits_expire', wanted: true, told: [owner.email] },
    { alert: 'work_purged', wanted: true, told: [owner.email] },
  ]);
});

test('a choice is of one member in one account, and goes with the membership', async () => {
  const [accountId, other] = [await ledger.newAccount(), await ledger.newAccount()];
  const owner = await member(accountId, 'owner');
  await ledger.asOwner(`INSERT INTO members (account_id, user_id, role) VALUES ($1, $2, 'owner')`, [
    other,
    owner.userId,
  ]);
  await chooseAlert(owner, { alert: 'low_balance', wanted: false });
  expect(await toldOf(other)).toEqual([owner.email]);
  await member(accountId, 'owner');
  await ledger.asOwner('DELETE FROM members WHERE account_id = $1 AND user_id = $2', [
    accountId,
    owner.userId,
  ]);
  expect(await ledger.asOwner('SELECT FROM alert_choices WHERE account_id = $1', [accountId])).toEqual([]);
});

test('an account’s own levels are what it is told at, until it goes back to the book’s', async () => {
  const accountId = await ledger.newAccount();
  const owner = await member(accountId, 'owner');
  const looks = async () => {
    await ledger.asOwner('TRUNCATE graphile_worker._private_jobs');
    await findLowBalances(owner);
    for (const { accountId: found } of await queued(ledger, 'notice-low-balance', accountId))
      await noticeLowBalance(owner, { accountId: found });
    return (await queued<{ accountId: string; level: string }>(ledger, 'tell-low-balance', accountId)).map(
      ({ level }) => level,
    );
  };
  await gift(ledger, accountId, wholeCredits(3_000n));
  expect(await looks()).toEqual([]);
  await setAlertLevels(owner, { levels: { warning: wholeCredits(2_500n), critical: wholeCredits(400n) } });
  expect(await looks()).toEqual([]);
  await charge(ledger.db, request(accountId, 'down to 2,000', wholeCredits(1_000n)));
  expect(await looks()).toEqual(['warning']);
  // At the book's levels this would be a warning.
  await charge(ledger.db, request(accountId, 'down to 400', wholeCredits(1_600n)));
  expect(await looks()).toEqual(['critical']);

  await setAlertLevels(owner, { levels: null });
  expect((await readAlerts(owner)).levels).toEqual({
    warning: wholeCredits(500n),
    critical: wholeCredits(100n),
    isOwn: false,
  });
});

test('levels in the wrong order are refused', async () => {
  const owner = await member(await ledger.newAccount(), 'owner');
  const levels = { warning: wholeCredits(10n), critical: wholeCredits(20n) };
  await expect(setAlertLevels(owner, { levels })).rejects.toMatchObject({ code: 'invalid_input' });
  expect((await readAlerts(owner)).levels.isOwn).toBe(false);
});

test('an account’s zone is changed to one that there is', async () => {
  const owner = await member(await ledger.newAccount(), 'owner');
  await changeTimeZone(owner, { timeZone: 'Asia/Kathmandu' });
  expect(await readTimeZone(owner)).toEqual({ timeZone: 'Asia/Kathmandu' });
  for (const timeZone of ['Mars/Olympus', '+02:00', "'; --"])
    await expect(changeTimeZone(owner, { timeZone })).rejects.toMatchObject({ code: 'invalid_input' });
  expect(await readTimeZone(owner)).toEqual({ timeZone: 'Asia/Kathmandu' });
});
