import sql from 'sql-template-tag';
import { beforeAll, describe, expect, test } from 'vitest';

import { ActivityQuery } from '@/lib/contracts/activity';
import type { AccountId } from '@/lib/db/context';
import { charge } from '@/lib/db/ledger/charge';
import { adjust, refund, restore } from '@/lib/db/ledger/correction';
import { rollUp } from '@/lib/db/ledger/roll-up';
import { setTimeZone } from '@/lib/db/time-zone';
import { credits } from '@/lib/domain/credits';
import { ENTRY_KINDS } from '@/lib/domain/entry';
import { plusDays } from '@/lib/domain/local-date';
import { gift, request, topUp } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { localTime } from '@/test/database/local-time';
import { Random } from '@/test/database/random';

import { readActivity } from './activity';

const START = Date.UTC(2026, 9, 20);
const HOUR = 3_600_000;
const SERVICES = ['dubbing', 'clips', null];
const KEYS = ['11111111-1111-4111-8111-111111111111', null];
const ZONES = ['UTC', 'Europe/Berlin', 'Pacific/Kiritimati', 'Pacific/Niue'];

const ledger = await ledgerOfFile();
beforeAll(async () => {
  await stopClock(ledger.urls, new Date(START));
});

const clock = (at: number) => ledger.db.query(sql`UPDATE clock SET now = ${new Date(at)}`);

const read = (accountId: AccountId, query: object = {}) =>
  readActivity({ db: ledger.db, now: new Date(START), accountId }, ActivityQuery.parse(query));

/** All pages of what was asked for, one after another. */
async function everyPage(accountId: AccountId, query: object): Promise<string[]> {
  const seen: string[] = [];
  for (let before: string | null | undefined; before !== null;) {
    const { entries, nextBefore } = await read(accountId, {
      ...query,
      ...(before !== undefined && { before }),
    });
    seen.push(...entries.map(({ seq }) => seq));
    before = nextBefore;
  }
  return seen;
}

async function something(accountId: AccountId, random: Random, step: number): Promise<void> {
  const earlier = `job ${random.below(step + 1)}`;
  const what = random.below(12);
  if (what === 0) await restore(ledger.db, { accountId, reference: earlier });
  else if (what === 1)
    await refund(ledger.db, { accountId, charge: earlier, amount: credits(1n), reference: `back ${step}` });
  else if (what === 2)
    await adjust(ledger.db, { accountId, delta: credits(5n), reference: `adjust ${step}`, reason: 'Thanks' });
  else if (what === 3) await gift(ledger, accountId, 7n);
  else
    await charge(ledger.db, {
      ...request(accountId, `job ${step}`, BigInt(1 + random.below(9))),
      service: random.pick(SERVICES),
      apiKeyId: random.pick(KEYS),
    });
}

type Line = {
  seq: string;
  kind: string;
  delta: string;
  service: string | null;
  key: string | null;
  at: Date;
};
/** Every line, the newest first; of an answer, service and key of what it answers. */
const linesOf = (accountId: AccountId) =>
  ledger.asOwner<Line>(
    `SELECT e.seq, e.kind, e.delta, coalesce(e.service, c.service) AS service, coalesce(e.api_key_id, c.api_key_id) AS key,
            e.created_at AS at
       FROM entries e LEFT JOIN entries c ON c.account_id = e.account_id AND c.seq = e.of_seq
      WHERE e.account_id = $1 ORDER BY e.seq DESC`,
    [accountId],
  );

describe('pages are every line that was asked for, once, newest first, however far the roll-ups reach', () => {
  test.each(Array.from({ length: 12 }, (_, index) => index + 1))('seed %d', async (seed) => {
    const random = new Random(seed);
    const accountId = await ledger.newAccount();
    await setTimeZone(ledger.db, accountId, random.pick(ZONES));
    let now = START;
    await clock(now);
    await gift(ledger, accountId, 1_000n);
    for (let step = 0; step < 90; step += 1) {
      // Sometimes the server's clock is set back.
      now += random.pick([0, 1, 1, 5, 30, -2]) * HOUR;
      await clock(now);
      await something(accountId, random, step);
      if (random.below(15) === 0) await rollUp(ledger.db, [accountId], 1 + random.below(40));
    }

    const lines = await linesOf(accountId);
    for (let turn = 0; turn < 15; turn += 1) {
      const timeZone = random.pick(ZONES);
      const dateOf = ({ at }: Line) => localTime(timeZone, at).date;
      const kinds = random.pick([
        null,
        null,
        ['consume'],
        ['refund', 'bonus'],
        ['restore'],
        [...ENTRY_KINDS],
      ]);
      const service = random.pick([null, null, 'dubbing', '']);
      const key = random.pick([null, null, '', KEYS[0] ?? '']);
      const from = random.pick([null, plusDays('2026-10-20', random.below(20))]);
      const to = random.pick([null, plusDays(from ?? '2026-10-22', random.below(6))]);
      const least = random.pick([null, 3]);
      const most = random.pick([null, 6]);
      const wanted = lines.filter((line) => {
        const moved = Math.abs(Number(line.delta));
        return (
          (kinds === null || kinds.includes(line.kind)) &&
          (service === null || (line.service ?? '') === service) &&
          (key === null || (line.key ?? '') === key) &&
          (from === null || dateOf(line) >= from) &&
          (to === null || dateOf(line) <= to) &&
          (least === null || moved >= least) &&
          (most === null || moved <= most)
        );
      });
      const found = await everyPage(accountId, {
        limit: 1 + random.below(12),
        timeZone,
        ...(kinds && { kinds: kinds.join(',') }),
        ...(service !== null && { services: `${service},nothing-of-the-kind` }),
        ...(key !== null && { apiKeyIds: key === '' ? ',' : key }),
        ...(from !== null && { from }),
        ...(to !== null && { to }),
        ...(least !== null && { least: `0.00000${least}` }),
        ...(most !== null && { most: `0.00000${most}` }),
      });
      expect(found).toEqual(wanted.map(({ seq }) => seq));
    }
  });
});

describe('a search finds a line, and what belongs to it', () => {
  let accountId: AccountId;
  let topUpId: string;
  beforeAll(async () => {
    accountId = await ledger.newAccount();
    topUpId = await topUp(ledger, accountId, 100n);
    await ledger.asOwner(
      `UPDATE top_ups SET stripe_invoice = 'in_1', stripe_payment = 'pi_1', stripe_session = 'cs_1' WHERE id = $1`,
      [topUpId],
    );
    await charge(ledger.db, {
      ...request(accountId, 'job', 10n),
      metadata: { request_id: 'req_abc', given: {} },
    });
    await charge(ledger.db, request(accountId, 'another job', 10n));
    await restore(ledger.db, { accountId, reference: 'job' });
  });

  test.each([
    ['job', ['4', '2']],
    [' job ', ['4', '2']],
    ['jo', []],
    ['in_1', ['1']],
    ['pi_1', ['1']],
    ['cs_1', ['1']],
    ['req_abc', ['4', '2']],
    ['req_ab', []],
    ['3', ['3']],
    ['#3', ['3']],
    ['4', ['4', '2']],
    ['99999999999999999999', []],
    ["' OR true --", []],
  ])('%s is %j', async (sought, wanted) => {
    expect(await everyPage(accountId, { sought })).toEqual(wanted);
  });

  test('a purchase is found by its id, and no search finds what another account has', async () => {
    expect(await everyPage(accountId, { sought: topUpId })).toEqual(['1']);
    const other = await ledger.newAccount();
    for (const sought of ['job', 'in_1', 'req_abc', topUpId, '1'])
      expect(await everyPage(other, { sought })).toEqual([]);
  });

  test('what is found is narrowed like everything else', async () => {
    expect(await everyPage(accountId, { sought: 'job', kinds: 'restore' })).toEqual(['4']);
    expect(await everyPage(accountId, { sought: 'job', limit: 1 })).toEqual(['4', '2']);
  });
});

test.each([
  [{ least: 'many' }, 'Write an amount of credits, such as 14 or 0.5.'],
  [{ from: '2026-01-02', to: '2026-01-01' }, 'The last day is before the first.'],
  [{ from: '2026-01-02' }, null],
])('an address that asks for %j is told: %s', (query, wanted) => {
  expect(ActivityQuery.safeParse(query).error?.issues[0]?.message ?? null).toBe(wanted);
});
