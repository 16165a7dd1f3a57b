import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

import { explain } from '@/bin/support/failure';
import { log } from '@/lib/log';

import { autoTopUpTick } from './auto-top-up-tick';
import { chargeBatchHttp } from './charge-batch-http';
import { chargeHttp } from './charge-http';
import { ledgerCoalesced } from './ledger-coalesced';
import { ledgerDirect } from './ledger-direct';
import { ledgerHot } from './ledger-hot';
import { liveStreams } from './live-streams';
import { pageFeel } from './page-feel';
import { pages } from './pages';
import { pendingRelease } from './pending-release';
import type { Bench } from './support/bench';
import { load, say, type Verdict } from './support/report';
import { type Stand, withStand } from './support/stand';
import { UnsoundLedger } from './support/unsound-ledger';
import { usageQuery } from './usage-query';
import { webhookStorm } from './webhook-storm';

const benches: Readonly<Record<string, Bench>> = {
  'ledger-direct': ledgerDirect,
  'ledger-coalesced': ledgerCoalesced,
  'ledger-hot': ledgerHot,
  'pending-release': pendingRelease,
  'auto-top-up-tick': autoTopUpTick,
  'charge-http': chargeHttp('meter'),
  'charge-http-next': chargeHttp('next'),
  'charge-batch-http': chargeBatchHttp,
  'usage-query': usageQuery,
  'live-streams': liveStreams,
  'page-feel': pageFeel,
  pages,
  'webhook-storm': webhookStorm,
};
const usage = `npm run bench -- NAME [--seconds N] [--rounds N]\nNames: ${Object.keys(benches).join(', ')}`;

/** Runs one measurement: JSON lines on stdout, the verdict last. A ledger that is not sound afterwards reports nothing. */
export async function runBench(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { seconds: { type: 'string', default: '5' }, rounds: { type: 'string', default: '5' } },
  });
  const name = positionals[0] ?? '';
  const bench = benches[name];
  const plan = { seconds: Number(values.seconds), rounds: Number(values.rounds) };
  if (!bench || !(plan.seconds > 0) || !(plan.rounds >= 1)) {
    console.error(usage);
    process.exit(2);
  }
  // Standard output belongs to the figures.
  log.level = 'silent';
  try {
    const verdicts = await withStand(async (stand) => {
      say({ bench: name, ...plan, ...(await machine(stand)), load: load() });
      return await bench(stand, plan);
    });
    for (const verdict of verdicts) say({ bench: name, ...verdict, load: load() } satisfies Verdict & object);
    process.exit(0);
  } catch (error) {
    console.error(
      `${name} reports nothing: ${error instanceof UnsoundLedger ? error.message : explain(error)}`,
    );
    process.exit(1);
  }
}

async function machine(stand: Stand) {
  const [server] = await stand.asOwner<{ postgres: string }>(
    `SELECT current_setting('server_version') AS postgres`,
  );
  return { node: process.version, postgres: server?.postgres, cores: availableParallelism() };
}
