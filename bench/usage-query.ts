import { performance } from 'node:perf_hooks';

import sql from 'sql-template-tag';

import type { AccountId } from '@/lib/db/context';
import { rollUp } from '@/lib/db/ledger/roll-up';
import { plusDays } from '@/lib/domain/local-date';
import { readHistory } from '@/lib/views/history';
import { readUsage } from '@/lib/views/usage';

import type { Bench } from './support/bench';
import { interleaved } from './support/interleaved';
import { median, percentile, rounded, say, spread, type Verdict } from './support/report';
import type { Stand } from './support/stand';
import { UnsoundLedger } from './support/unsound-ledger';
import { BUSY_CHARGES, TIME_ZONE, usageLedger } from './support/usage-ledger';

// Ten million are written in a quarter of an hour on two cores.
const ENTRIES = Number(process.env['COFFER_BENCH_ENTRIES'] ?? 10_000_000);
// As many as the worker leaves to gather.
const LIVE_TAIL = 200;
const READS_A_ROUND = 20;
const PAGE = 50;

/** What an account used, by day and service, and its history far back: against the entries themselves. */
export const usageQuery: Bench = async (stand, { rounds }) => {
  const { verdicts } = await measuredUsage(stand, rounds);
  await proveAll(stand);
  return verdicts;
};

/** Writes the ledger, rolls it up and measures what is asked of it; the account is the busy one. */
export async function measuredUsage(
  stand: Stand,
  rounds: number,
): Promise<{ accountId: AccountId; verdicts: Verdict[] }> {
  const accountId = await usageLedger(stand, ENTRIES);
  const rollingUp = await rollUpBut(stand, accountId, LIVE_TAIL);
  const verdicts = [await behindVerdict(stand), rollingUp, await historyVerdict(stand, accountId, rounds)];
  for (const days of [30, 365]) verdicts.push(await rangeVerdict(stand, accountId, { days, rounds }));
  return { accountId, verdicts };
}

async function rollUpBut(stand: Stand, accountId: AccountId, tail: number): Promise<Verdict> {
  const started = performance.now();
  for (let left = BUSY_CHARGES + 1 - tail; left > 0;) {
    left -= Number(await rollUp(stand.db, [accountId], Math.min(left, 5_000)));
  }
  const rate = rounded(((BUSY_CHARGES - tail) / (performance.now() - started)) * 1_000, 0);
  await stand.asOwner('VACUUM ANALYZE usage_hours, usage_days, usage_key_days, usage_progress');
  return {
    ratio: rounded(rate / 5_000),
    of: 'entries rolled up a second by one worker to 5,000 charged a second, which it may spend a tenth of its time on',
    value: rate,
    unit: 'entries/s',
    goal: '>= 10',
    met: rate >= 50_000,
  };
}

/** One look over all accounts for those that are behind. */
async function behindVerdict(stand: Stand): Promise<Verdict> {
  const took: number[] = [];
  for (let turn = 0; turn < 20; turn++) {
    const started = performance.now();
    await stand.db.query(sql`SELECT count(*) FROM ledger.behind(200, 20000)`);
    took.push(performance.now() - started);
  }
  const [accounts] = await stand.db.query<{ count: bigint }>(sql`SELECT count(*) FROM balances`);
  return {
    ratio: null,
    of: `one look for accounts that are behind among ${accounts?.count}, every ten seconds`,
    value: rounded(median(took)),
    unit: 'ms',
    goal: '<= 100',
    met: median(took) <= 100,
    ...spread(took),
  };
}

async function historyVerdict(stand: Stand, accountId: AccountId, rounds: number): Promise<Verdict> {
  const page = (offset: number) => ({
    run: () => medianOf(() => readHistory({ db: stand.db, accountId }, { limit: PAGE, offset })),
  });
  const took = await interleaved(
    [
      { name: 'offset 0', ...page(0) },
      { name: 'offset 1,000,000', ...page(BUSY_CHARGES + 1 - PAGE) },
    ],
    { rounds },
  );
  const first = median(took['offset 0']);
  const far = median(took['offset 1,000,000']);
  return {
    ratio: rounded(far / first),
    of: `a page of ${PAGE} entries at offset ${BUSY_CHARGES + 1 - PAGE} to the first`,
    value: rounded(far),
    unit: 'ms',
    goal: '<= 2',
    met: far / first <= 2,
    first: rounded(first),
  };
}

type Line = { day: string; service: string; count: bigint; used: bigint };

async function rangeVerdict(
  stand: Stand,
  accountId: AccountId,
  { days, rounds }: { days: number; rounds: number },
): Promise<Verdict> {
  const { db } = stand;
  const [clock] = await db.query<{ today: string }>(sql`SELECT ledger.today_in(${TIME_ZONE})::text AS today`);
  const to = clock?.today ?? '';
  const from = plusDays(to, 1 - days);
  const raw = () =>
    db.query<Line>(sql`
      SELECT (created_at AT TIME ZONE ${TIME_ZONE})::date::text AS day, service, count(*), sum(-delta)::bigint AS used
        FROM entries
       WHERE account_id = ${accountId} AND kind = 'consume'
         AND created_at >= ${from}::date::timestamp AT TIME ZONE ${TIME_ZONE}
         AND created_at < (${to}::date + 1)::timestamp AT TIME ZONE ${TIME_ZONE}
       GROUP BY 1, 2`);
  const query = { from, to, timeZone: TIME_ZONE, grain: 'day', by: 'service' } as const;
  const usage = () => readUsage({ db, accountId }, query);

  expectEqual(await raw(), await usage());
  const latencies: number[] = [];
  const took = await interleaved(
    [
      { name: 'entries', run: () => medianOf(raw, 1) },
      { name: 'usage', run: () => medianOf(usage, READS_A_ROUND, latencies) },
    ],
    { rounds },
  );
  expectEqual(await raw(), await usage());
  const ratio = rounded(median(took.entries) / median(took.usage), 1);
  const p95 = rounded(percentile(latencies, 0.95));
  return {
    ratio,
    of: `GROUP BY day, service over ${ENTRIES} entries to the usage of the same ${days} days, with totals, shares and the days before`,
    value: rounded(median(took.usage)),
    unit: 'ms',
    goal: '>= 50, and p95 <= 25 ms',
    met: ratio >= 50 && p95 <= 25,
    p95,
    tail: LIVE_TAIL,
    entries: spread(took.entries),
    usage: spread(took.usage),
  };
}

/** Every day and service of one answer against the other. */
function expectEqual(raw: readonly Line[], usage: Awaited<ReturnType<typeof readUsage>>): void {
  const wanted = new Map(
    raw.map(({ day, service, count, used }) => [`${day} ${service}`, `${count} ${used}`]),
  );
  for (const { localStart, groups } of usage.periods) {
    for (const { group, count, used } of groups) {
      const key = `${localStart.slice(0, 10)} ${usage.groups[group]?.name}`;
      if (wanted.get(key) !== `${count} ${used}`)
        throw new UnsoundLedger(`${key}: ${count} ${used}, entries say ${wanted.get(key)}`);
      wanted.delete(key);
    }
  }
  if (wanted.size > 0) throw new UnsoundLedger(`${wanted.size} days and services are missing`);
}

async function medianOf(
  work: () => Promise<unknown>,
  times = READS_A_ROUND,
  all: number[] = [],
): Promise<number> {
  const took: number[] = [];
  for (let turn = 0; turn < times; turn++) {
    const started = performance.now();
    await work();
    took.push(performance.now() - started);
  }
  all.push(...took);
  return median(took);
}

/** Without the time limit of a request: the whole ledger takes minutes. */
export async function proveAll(stand: Stand): Promise<void> {
  const started = performance.now();
  const broken = await stand.asOwner<{ invariant: string; detail: string }>(
    'SELECT invariant, detail FROM ledger.audit() UNION ALL SELECT invariant, detail FROM ledger.audit_usage()',
  );
  say({ audit: broken.length, took: rounded((performance.now() - started) / 1_000), unit: 's' });
  if (broken.length > 0)
    throw new UnsoundLedger(
      `the audit found ${broken.length} faults, the first: ${broken[0]?.invariant}: ${broken[0]?.detail}`,
    );
}
