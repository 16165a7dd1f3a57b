import sql from 'sql-template-tag';
import { beforeAll, describe, expect, test } from 'vitest';

import { UsageSummary, UsageSummaryQuery, UsageForecast } from '@/lib/contracts/usage-summary';
import type { AccountId } from '@/lib/db/context';
import { credit } from '@/lib/db/ledger';
import { charge } from '@/lib/db/ledger/charge';
import { refund } from '@/lib/db/ledger/correction';
import { rollUp } from '@/lib/db/ledger/roll-up';
import { AppError } from '@/lib/domain/app-error';
import { credits, wholeCredits } from '@/lib/domain/credits';
import { gift } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import { readUsageForecast } from './usage-forecast';
import { readUsageSummary } from './usage-summary';

const TOP_UP = '00000000-0000-4000-8000-000000000003';

const ledger = await ledgerOfFile();
beforeAll(async () => {
  await stopClock(ledger.urls, new Date('2026-11-01T00:00:00Z'));
});

const clock = (at: string) => ledger.db.query(sql`UPDATE clock SET now = ${new Date(at)}`);
const summary = (accountId: AccountId, query: object = {}) =>
  readUsageSummary({ db: ledger.db, accountId }, UsageSummaryQuery.parse(query));
const forecast = (accountId: AccountId, timeZone = 'UTC') =>
  readUsageForecast({ db: ledger.db, accountId }, { timeZone });

let charges = 0;
async function chargeAt(
  at: string,
  accountId: AccountId,
  service: string | null,
  whole: bigint,
): Promise<string> {
  await clock(at);
  charges += 1;
  const reference = `job ${charges}`;
  await charge(ledger.db, {
    accountId,
    reference,
    amount: wholeCredits(whole),
    hash: Buffer.from(reference),
    service,
    calculation: { inputs: { milliseconds: '60000' } },
  });
  return reference;
}

describe('readUsageSummary', () => {
  test('sums by service, the most used first, and by day; the life goes farther back than the days', async () => {
    const accountId = await ledger.newAccount();
    await credit(ledger.db, { accountId, amount: wholeCredits(5_000n), kind: 'topup', reference: TOP_UP });
    await chargeAt('2026-09-01T12:00:00Z', accountId, 'dubbing', 1_000n);
    await chargeAt('2026-11-20T12:00:00Z', accountId, 'dubbing', 30n);
    await chargeAt('2026-11-20T13:00:00Z', accountId, null, 7n);
    const returned = await chargeAt('2026-11-21T12:00:00Z', accountId, 'music', 60n);
    await rollUp(ledger.db, [accountId], 3);
    for (let count = 0; count < 11; count += 1) {
      await chargeAt('2026-11-22T09:00:00Z', accountId, 'transcription', 2n);
    }
    await refund(ledger.db, { accountId, charge: returned, amount: wholeCredits(10n), reference: 'half' });

    const found = await summary(accountId, { days: 3 });
    const minute = 60_000;
    expect(found).toEqual({
      days: 3,
      from: '2026-11-20',
      to: '2026-11-22',
      timeZone: 'UTC',
      totals: {
        count: 14,
        used: wholeCredits(119n),
        returned: wholeCredits(10n),
        spent: wholeCredits(109n),
        durationMs: 14 * minute,
        average: wholeCredits(17n) / 2n,
      },
      services: [
        {
          service: 'music',
          count: 1,
          used: wholeCredits(60n),
          returned: wholeCredits(10n),
          spent: wholeCredits(50n),
          durationMs: minute,
          average: wholeCredits(60n),
        },
        expect.objectContaining({ service: 'dubbing', count: 1, used: wholeCredits(30n) }),
        expect.objectContaining({ service: 'transcription', count: 11, average: wholeCredits(2n) }),
        expect.objectContaining({ service: null, count: 1, used: wholeCredits(7n) }),
      ],
      daily: [
        { date: '2026-11-20', count: 2, used: wholeCredits(37n), returned: 0n },
        { date: '2026-11-21', count: 1, used: wholeCredits(60n), returned: 0n },
        { date: '2026-11-22', count: 11, used: wholeCredits(22n), returned: wholeCredits(10n) },
      ],
      lifetime: {
        count: 15,
        used: wholeCredits(1_119n),
        returned: wholeCredits(10n),
        purchased: wholeCredits(5_000n),
      },
      hints: [
        { kind: 'top-cost', service: 'music', used: wholeCredits(60n) },
        { kind: 'batch', service: 'transcription', count: 11, average: wholeCredits(2n) },
      ],
      asOf: new Date('2026-11-22T09:00:00Z'),
    });
    expect(UsageSummary.decode(UsageSummary.encode(found))).toEqual(found);
  });

  test('thirty days of an account that did nothing are thirty empty days', async () => {
    const accountId = await ledger.newAccount();
    const found = await summary(accountId);
    expect(found.daily).toHaveLength(30);
    expect(found).toMatchObject({
      services: [],
      hints: [],
      totals: { count: 0, used: 0n, average: null },
      lifetime: { count: 0, used: 0n, returned: 0n, purchased: 0n },
    });
  });

  test('today is the day of the zone that was asked for', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, wholeCredits(100n));
    await chargeAt('2026-11-22T11:00:00Z', accountId, 'dubbing', 5n);
    const east = await summary(accountId, { days: 1, timeZone: 'Pacific/Kiritimati' });
    const west = await summary(accountId, { days: 1, timeZone: 'Pacific/Niue' });
    expect([east.to, west.to]).toEqual(['2026-11-23', '2026-11-22']);
    expect([east.totals.count, west.totals.count]).toEqual([1, 1]);
  });

  test('a zone that this program knows and the database does not is refused', async () => {
    const accountId = await ledger.newAccount();
    const ask = readUsageSummary({ db: ledger.db, accountId }, { days: 1, timeZone: 'EST5EDT' });
    await expect(ask).rejects.toThrow(AppError);
  });
});

describe('readUsageForecast', () => {
  test('goes on as the last seven days, from this month’s and the month’s before', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, wholeCredits(1_000_000n));
    for (let day = 25; day <= 31; day += 1) {
      await chargeAt(`2026-10-${day}T12:00:00Z`, accountId, 'dubbing', 10n);
    }
    await rollUp(ledger.db, [accountId], 4);
    await chargeAt('2026-11-01T09:00:00Z', accountId, 'dubbing', 4n);
    const found = await forecast(accountId);
    expect(found).toEqual({
      from: '2026-11-01',
      to: '2026-11-30',
      timeZone: 'UTC',
      soFar: wholeCredits(4n),
      forecast: {
        kind: 'forecast',
        likely: wholeCredits(300n),
        low: wholeCredits(300n),
        high: wholeCredits(300n),
      },
      asOf: new Date('2026-11-01T09:00:00Z'),
    });
    expect(UsageForecast.decode(UsageForecast.encode(found))).toEqual(found);
  });

  test('late in a long month, what was spent before the last four weeks still counts', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, wholeCredits(1_000_000n));
    await chargeAt('2026-10-01T12:00:00Z', accountId, 'dubbing', 500n);
    for (let day = 24; day <= 30; day += 1)
      await chargeAt(`2026-10-${day}T12:00:00Z`, accountId, 'dubbing', 7n);
    await clock('2026-10-31T00:00:00Z');
    expect((await forecast(accountId)).soFar).toBe(wholeCredits(549n));
    expect((await forecast(accountId)).forecast).toMatchObject({ likely: wholeCredits(556n) });
  });

  test('an account that began this week has none yet', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, wholeCredits(100n));
    await chargeAt('2026-11-20T12:00:00Z', accountId, 'dubbing', 5n);
    await clock('2026-11-22T12:00:00Z');
    expect(await forecast(accountId)).toMatchObject({
      soFar: credits(5_000_000n),
      forecast: { kind: 'none', because: 'too-little-history' },
    });
  });
});
