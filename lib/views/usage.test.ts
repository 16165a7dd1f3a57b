import sql from 'sql-template-tag';
import { beforeAll, describe, expect, test } from 'vitest';

import { type Usage, UsageQuery } from '@/lib/contracts/usage';
import type { AccountId } from '@/lib/db/context';
import { charge } from '@/lib/db/ledger/charge';
import { adjust, refund, restore } from '@/lib/db/ledger/correction';
import { rollUp } from '@/lib/db/ledger/roll-up';
import { setTimeZone } from '@/lib/db/time-zone';
import { credits } from '@/lib/domain/credits';
import { daysFrom, plusDays } from '@/lib/domain/local-date';
import { USAGE_GRAINS, USAGE_SPLITS, type UsageSplit } from '@/lib/domain/usage';
import { gift } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { localTime } from '@/test/database/local-time';
import { Random } from '@/test/database/random';
import { periodName, sumOfLines, type UsageLine, usageLines } from '@/test/database/usage-oracle';

import { readUsage } from './usage';

const LORD_HOWE = 'Australia/Lord_Howe';
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Australia/Adelaide',
  'Pacific/Chatham',
  // Its clock changes by half an hour, so that its hours have no names that last: asked for by day.
  LORD_HOWE,
  'Pacific/Niue',
  'Pacific/Kiritimati',
  'Pacific/Apia',
  'America/Havana',
  'Atlantic/Azores',
  'America/Santiago',
  'Africa/Cairo',
];
const SERVICES = ['transcription', 'dubbing', 'music', null];
const KEYS = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222', null];
const PROJECTS = ['alpha', 'beta', null];
const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const SEEDS = Number(process.env['COFFER_USAGE_SEEDS'] ?? 20);

const ledger = await ledgerOfFile();
let now = Date.UTC(2026, 0, 1);
beforeAll(async () => {
  await stopClock(ledger.urls, new Date(now));
});

async function clock(to: number): Promise<void> {
  now = to;
  await ledger.db.query(sql`UPDATE clock SET now = ${new Date(to)}`);
}

const read = (accountId: AccountId, query: object) =>
  readUsage({ db: ledger.db, accountId }, UsageQuery.parse(query));

async function chargeSome(accountId: AccountId, random: Random, reference: string): Promise<void> {
  const milliseconds = random.below(600_000);
  const project = random.pick(PROJECTS);
  await charge(ledger.db, {
    accountId,
    reference,
    amount: credits(BigInt(1 + random.below(5_000_000))),
    hash: Buffer.from(reference),
    service: random.pick(SERVICES),
    apiKeyId: random.pick(KEYS),
    ...(random.below(4) > 0 ? { calculation: { inputs: { milliseconds: `${milliseconds}` } } } : {}),
    ...(project === null ? {} : { metadata: { given: { project } } }),
  });
}

/** A charge, something given back of an earlier one, or what is no usage at all. */
async function something(accountId: AccountId, random: Random, step: number): Promise<void> {
  const earlier = `charge ${random.below(step + 1)}`;
  const what = random.below(10);
  if (what === 0) await restore(ledger.db, { accountId, reference: earlier });
  else if (what === 1) {
    await refund(ledger.db, { accountId, charge: earlier, amount: credits(1n), reference: `refund ${step}` });
  } else if (what === 2) {
    await adjust(ledger.db, { accountId, delta: credits(5n), reference: `adjust ${step}`, reason: 'Thanks' });
  } else await chargeSome(accountId, random, `charge ${step}`);
}

const NAME_OF: Record<UsageSplit, (line: UsageLine) => string | null> = {
  service: ({ service }) => service,
  key: ({ key }) => key,
  // Nobody of the account made these keys.
  member: () => null,
  metadata: ({ project }) => project,
};

/** Holds every figure of an answer against the entries, with another program's calendar. */
function expectTrue(usage: Usage, lines: readonly UsageLine[], filter: (line: UsageLine) => boolean): void {
  const { timeZone, grain, by, from, to } = usage;
  const dated = lines.filter(filter).map((line) => ({ ...line, date: localTime(timeZone, line.at).date }));
  const within = dated.filter(({ date }) => date >= from && date <= to);
  const length = daysFrom(from, to);
  const before = dated.filter(({ date }) => date >= plusDays(from, -length) && date < from);
  expect(usage.totals).toMatchObject(sumOfLines(within));
  expect(usage.before).toMatchObject(sumOfLines(before));

  const nameOf = NAME_OF[by];
  const names = new Set([...within, ...before].map(nameOf));
  expect(new Set(usage.groups.map(({ name }) => name))).toEqual(names);
  for (const { name, totals, before: was } of usage.groups) {
    expect(totals).toMatchObject(sumOfLines(within.filter((line) => nameOf(line) === name)));
    expect(was).toMatchObject(sumOfLines(before.filter((line) => nameOf(line) === name)));
  }

  const periods = grouped(within, ({ at }) => periodName(timeZone, grain, at));
  for (const { startsAt, endsAt, groups, ...sums } of usage.periods) {
    const name = periodName(timeZone, grain, startsAt);
    const lines = periods.get(name) ?? [];
    periods.delete(name);
    expect(sums).toMatchObject(sumOfLines(lines));
    expect(lines.every(({ at }) => at >= startsAt && at < endsAt)).toBe(true);
    for (const { group, ...part } of groups) {
      const named = lines.filter((line) => nameOf(line) === usage.groups[group]?.name);
      expect(part).toEqual(sumOfLines(named));
    }
  }
  expect([...periods.keys()]).toEqual([]);
}

describe('usage is what the entries say, in any zone, however far the roll-ups reach', () => {
  test.each(Array.from({ length: SEEDS }, (_, index) => index + 1))('seed %d', async (seed) => {
    const random = new Random(seed);
    const accountId = await ledger.newAccount();
    let zone = random.pick(ZONES);
    await setTimeZone(ledger.db, accountId, zone);
    // Around the changes of the clock in spring or autumn, in either half of the world.
    const start = random.pick([Date.UTC(2026, 2, 5), Date.UTC(2026, 8, 1), Date.UTC(2026, 9, 20)]);
    await clock(start);
    await gift(ledger, accountId, 10n ** 15n);

    for (let step = 0; step < 120; step += 1) {
      // Often at the very instant at which an hour or a day may begin; sometimes the server's clock is set back.
      const later = now + random.pick([0, 1, QUARTER, 4 * QUARTER, 12 * QUARTER, 80 * QUARTER, -5 * QUARTER]);
      await clock(random.below(2) === 0 ? later : later - (later % QUARTER));
      await something(accountId, random, step);
      if (random.below(6) === 0) await rollUp(ledger.db, [accountId], 1 + random.below(40));
      if (random.below(60) === 0) {
        zone = random.pick(ZONES);
        await setTimeZone(ledger.db, accountId, zone);
      }
      if (step % 20 !== 19) continue;

      const lines = await usageLines(ledger, accountId);
      const by = random.pick(USAGE_SPLITS);
      const timeZone = random.below(2) === 0 ? zone : random.pick(ZONES);
      const grain = timeZone === LORD_HOWE ? 'day' : random.pick(USAGE_GRAINS);
      const days = 1 + random.below(31);
      const from = plusDays(localTime(timeZone, new Date(start)).date, random.below(20) - 10);
      const service = random.pick([null, null, 'dubbing', '']);
      const usage = await read(accountId, {
        from,
        to: plusDays(from, days - 1),
        timeZone,
        grain,
        by,
        ...(by === 'metadata' ? { metadataKey: 'project' } : {}),
        ...(service === null ? {} : { services: `${service},nothing-of-the-kind` }),
      });
      expectTrue(usage, lines, (line) => service === null || (line.service ?? '') === service);
    }
    await rollUp(ledger.db, [accountId], 1_000);
    expect(await ledger.asOwner('SELECT * FROM ledger.audit_usage()')).toEqual([]);
  });
});

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
