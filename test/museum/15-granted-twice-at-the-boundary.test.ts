/**
 * Customers of OpenMeter were given a recurring grant twice at the instant where two periods meet (OpenMeter #4252 and
 * #1408). Here a period is named by its first day, begins where the last one ends, and its name is the reference.
 */
import sql from 'sql-template-tag';
import { beforeAll, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { resetAllowance } from '@/lib/db/ledger/allowance';
import { allowancePeriodOf } from '@/lib/domain/allowance-period';
import { credits } from '@/lib/domain/credits';
import { atOnce } from '@/test/database/at-once';
import { inBrokenLedger, wordOf } from '@/test/database/broken-ledger';
import { leftOf } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

/** On a day that not every month has. */
const OPENED = new Date('2026-01-31T15:00:00Z');
const BOUNDARY = new Date('2026-02-28T00:00:00Z');
/** Workers whose clocks are a little apart, or that decided a moment ago. */
const MOMENTS = [-1, 0, 1].map((milliseconds) => new Date(BOUNDARY.getTime() + milliseconds));

const ledger = await ledgerOfFile();
beforeAll(async () => {
  await stopClock(ledger.urls, OPENED);
});

const give = (accountId: AccountId, decidedAt: Date) =>
  resetAllowance(ledger.db, {
    accountId,
    amount: credits(100n),
    period: allowancePeriodOf(OPENED, decidedAt),
  });

test('at the instant where two periods meet, an allowance comes once, whoever decided when', async () => {
  await ledger.asOwner('UPDATE clock SET now = $1', [OPENED]);
  const accountId = await ledger.newAccount();
  expect((await give(accountId, OPENED)).status).toBe('applied');
  await ledger.asOwner('UPDATE clock SET now = $1', [BOUNDARY]);
  const given = [...MOMENTS, ...MOMENTS].map((decidedAt) => () => give(accountId, decidedAt));
  const statuses = (await atOnce(ledger, accountId, given)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 'applied')).toHaveLength(1);
  expect(statuses.filter((status) => status === 'replayed')).toHaveLength(5);
  expect(await leftOf(ledger, accountId)).toEqual([0, 100]);
  expect(await ledger.audit()).toEqual([]);
});

test('periods meet without a gap and without an overlap, in every month', () => {
  let { startsAt, endsAt } = allowancePeriodOf(OPENED, OPENED);
  for (let month = 0; month < 48; month++) {
    const next = allowancePeriodOf(OPENED, endsAt);
    expect(next.startsAt).toEqual(endsAt);
    expect(allowancePeriodOf(OPENED, new Date(endsAt.getTime() - 1))).toEqual({ startsAt, endsAt });
    ({ startsAt, endsAt } = next);
  }
});

test('the scenario bites: an allowance named by when somebody decided comes three times', () =>
  inBrokenLedger(
    `CREATE FUNCTION broken.reset(p_account bigint, p_decided_at timestamptz) RETURNS text
     LANGUAGE sql SECURITY DEFINER AS $$
       SELECT status FROM ledger.credit(p_account, 100, 'allowance', format('allowance:%s', p_decided_at), NULL)
     $$`,
    async (broken) => {
      const accountId = await broken.newAccount();
      const given = MOMENTS.map(
        (decidedAt) => () => wordOf(broken.db, sql`SELECT broken.reset(${accountId}, ${decidedAt})`),
      );
      expect(await atOnce(broken, accountId, given)).toEqual(['applied', 'applied', 'applied']);
      expect(await leftOf(broken, accountId)).toEqual([100, 100, 100]);
    },
  ));
