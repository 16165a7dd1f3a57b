import { performance } from 'node:perf_hooks';

import { freshSecrets } from '@/bin/support/secrets';
import { plusDays } from '@/lib/domain/local-date';

import type { Bench } from './support/bench';
import { served } from './support/http-stand';
import { interleaved } from './support/interleaved';
import { memberCookies } from './support/member-cookies';
import { median, percentile, rounded, spread, type Verdict } from './support/report';
import { BUSY_CHARGES } from './support/usage-ledger';
import { measuredUsage, proveAll } from './usage-query';

const REQUESTS_A_ROUND = 20;
// The same shell, and nothing that is read.
const STATIC = '/sign-in/check-mail';
const LONG_AGO = plusDays(new Date().toISOString().slice(0, 10), -300);
// As far back as the ledger goes, but for one page.
const FAR_BACK = 52;
const PAGES = {
  overview: '/',
  'usage of 30 days': '/usage?days=30',
  'usage of 365 days': '/usage?days=365',
  'usage of 365 days, each day': '/usage?days=365&grain=day',
  activity: '/activity',
  'activity far back': `/activity?before=${FAR_BACK}`,
  'activity of a service': '/activity?services=service%2011',
  'activity of a day long ago': `/activity?from=${LONG_AGO}&to=${LONG_AGO}`,
  // The worst that a filter can do: nothing matches, and every line is looked at.
  'activity of an amount that nothing has': '/activity?least=77',
  'activity of a request that nothing has': '/activity?sought=req_none',
  'a line of it': `/activity/${BUSY_CHARGES / 2}`,
};

/** What a member of the busy account waits for, against a page that reads nothing; and what stands behind it. */
export const pages: Bench = async (stand, { rounds }) => {
  const { accountId, verdicts } = await measuredUsage(stand, rounds);
  const secrets = freshSecrets();
  const [cookie = ''] = await memberCookies(stand, [accountId], secrets.auth);
  const url = await served(stand, 'next', secrets);

  const latencies: Record<string, number[]> = {};
  const side = (name: string, path: string) => ({
    name,
    run: () => medianOf(`${url}${path}`, cookie, (latencies[name] ??= [])),
  });
  const took = await interleaved(
    [side('static', STATIC), ...Object.entries(PAGES).map(([name, path]) => side(name, path))],
    { rounds },
  );
  const base = median(took['static'] ?? []);
  const ofPages = Object.keys(PAGES).map((name): Verdict => {
    const value = median(took[name] ?? []);
    return {
      ratio: rounded(value / base),
      of: `${name}: server time, to its last byte, to that of a page that reads nothing`,
      value: rounded(value),
      unit: 'ms',
      goal: 'reported',
      met: true,
      p95: rounded(percentile(latencies[name] ?? [], 0.95)),
      static_p95: rounded(percentile(latencies['static'] ?? [], 0.95)),
      rounds: spread(took[name] ?? []),
    };
  });
  await proveAll(stand);
  return [...ofPages, ...verdicts];
};

async function medianOf(url: string, cookie: string, all: number[]): Promise<number> {
  const took: number[] = [];
  for (let turn = 0; turn < REQUESTS_A_ROUND; turn++) {
    const started = performance.now();
    const answer = await fetch(url, { headers: { cookie }, redirect: 'manual' });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
    took.push(performance.now() - started);
  }
  all.push(...took);
  return median(took);
}
