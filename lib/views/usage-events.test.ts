import sql from 'sql-template-tag';
import { beforeAll, expect, test } from 'vitest';

import { type UsageEvent, UsageEventsQuery } from '@/lib/contracts/usage-events';
import type { AccountId } from '@/lib/db/context';
import { credit } from '@/lib/db/ledger';
import { charge } from '@/lib/db/ledger/charge';
import { refund } from '@/lib/db/ledger/correction';
import { rollUp } from '@/lib/db/ledger/roll-up';
import { credits } from '@/lib/domain/credits';
import { gift } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { Random } from '@/test/database/random';
import { usageLines } from '@/test/database/usage-oracle';

import { readUsageEvents } from './usage-events';

const KEYS = ['11111111-1111-4111-8111-111111111111', null];
const SERVICES = ['often', 'often', 'often', 'seldom', null];
const HOUR = 3_600_000;

const ledger = await ledgerOfFile();
let now = Date.UTC(2026, 5, 1);
beforeAll(async () => {
  await stopClock(ledger.urls, new Date(now));
});

async function clock(to: number): Promise<void> {
  now = to;
  await ledger.db.query(sql`UPDATE clock SET now = ${new Date(to)}`);
}

const page = (accountId: AccountId, query: object) =>
  readUsageEvents({ db: ledger.db, accountId }, UsageEventsQuery.parse(query));

const chargeOne = (accountId: AccountId, reference: string, random: Random) =>
  charge(ledger.db, {
    accountId,
    reference,
    amount: credits(BigInt(1 + random.below(9))),
    hash: Buffer.from(reference),
    service: random.pick(SERVICES),
    apiKeyId: random.pick(KEYS),
    calculation: { inputs: { milliseconds: '90000' } },
    metadata: { job: reference },
  });

/** All pages, with something new charged between one and the next. */
async function allPages(accountId: AccountId, query: object, random: Random): Promise<UsageEvent[]> {
  const events: UsageEvent[] = [];
  let before: string | null = null;
  do {
    const next = await page(accountId, { ...query, ...(before === null ? {} : { before }) });
    events.push(...next.events);
    before = next.nextBefore;
    await chargeOne(accountId, `between ${random.next()}`, random);
  } while (before !== null);
  return events;
}

test.each(Array.from({ length: 12 }, (_, index) => index + 1))(
  'pages are every charge once, newest first, whatever is filtered, rolled up or charged meanwhile: seed %d',
  async (seed) => {
    const random = new Random(seed);
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 10n ** 12n);
    for (let step = 0; step < 80; step += 1) {
      // Now and then the clock is set back, even across days.
      await clock(
        now + random.pick([0, HOUR, 2 * HOUR, 9 * HOUR, random.below(4) === 0 ? -30 * HOUR : HOUR]),
      );
      await chargeOne(accountId, `charge ${step}`, random);
      if (random.below(8) === 0) await rollUp(ledger.db, [accountId], 1 + random.below(30));
    }
    const lines = await usageLines(ledger, accountId);
    const at = random.pick(lines).at.getTime();
    for (const { query, filter } of [
      { query: {}, filter: () => true },
      { query: { services: 'seldom' }, filter: { service: 'seldom' } },
      { query: { services: ',seldom' }, filter: { services: ['seldom', null] } },
      { query: { apiKeyIds: '' }, filter: { key: null } },
      { query: { from: new Date(at).toISOString() }, filter: { from: at } },
      { query: { to: new Date(at).toISOString(), services: 'often' }, filter: { to: at, service: 'often' } },
    ] as { query: object; filter: Filter | (() => boolean) }[]) {
      const wanted = lines
        .filter((line) => typeof filter === 'function' || matches(line, filter))
        .toReversed();
      const found = await allPages(accountId, { ...query, limit: 1 + random.below(20) }, random);
      expect(found.map(({ seq }) => seq)).toEqual(wanted.map(({ seq }) => seq.toString()));
      lines.push(...(await usageLines(ledger, accountId)).slice(lines.length));
    }
  },
);

type Filter = { service?: string; services?: (string | null)[]; key?: null; from?: number; to?: number };
function matches(line: Awaited<ReturnType<typeof usageLines>>[number], filter: Filter): boolean {
  const { service, services, key, from, to } = filter;
  const at = line.at.getTime();
  return (
    (service === undefined || line.service === service) &&
    (services === undefined || services.includes(line.service)) &&
    (key === undefined || line.key === key) &&
    (from === undefined || at >= from) &&
    (to === undefined || at < to)
  );
}

test('an event says what was charged, who paid, and what came back', async () => {
  const accountId = await ledger.newAccount();
  await credit(ledger.db, {
    accountId,
    amount: credits(6n),
    kind: 'allowance',
    reference: '2026-06',
    expiresAt: new Date(now + 24 * HOUR),
  });
  await gift(ledger, accountId, 100n);
  const asked = {
    accountId,
    reference: 'job 1',
    amount: credits(10n),
    hash: Buffer.from('1'),
    service: 'transcription',
    apiKeyId: KEYS[0] ?? null,
    calculation: { inputs: { milliseconds: '90000' } },
    metadata: { project: 'alpha' },
  };
  await charge(ledger.db, asked);
  await refund(ledger.db, { accountId, charge: 'job 1', amount: credits(4n), reference: 'half' });
  expect((await page(accountId, {})).events).toEqual([
    {
      seq: '3',
      reference: 'job 1',
      service: 'transcription',
      apiKeyId: KEYS[0],
      amount: 10n,
      returned: 4n,
      paidBy: ['allowance', 'bonus'],
      durationMs: 90_000,
      metadata: { project: 'alpha' },
      createdAt: new Date(now),
    },
  ]);
});

test('another account’s charges are not seen', async () => {
  const accountId = await ledger.newAccount();
  expect(await page(accountId, {})).toEqual({ events: [], nextBefore: null });
  expect(await page(accountId, { services: 'often' })).toEqual({ events: [], nextBefore: null });
});
