import { parseArgs } from 'node:util';

import { log } from '@/lib/log';

import { autoTopUpTick } from './auto-top-up-tick';
import { chargeBatchHttp } from './charge-batch-http';
import { chargeHttp } from './charge-http';
import { ledgerCoalesced } from './ledger-coalesced';
import { ledgerDirect } from './ledger-direct';
import { ledgerHot } from './ledger-hot';
import { pendingRelease } from './pending-release';
import type { Bench } from './support/bench';
import { load, say, type Verdict } from './support/report';
import { withStand } from './support/stand';
import { UnsoundLedger } from './support/unsound-ledger';

const benches: Readonly<Record<string, Bench>> = {
  'ledger-direct': ledgerDirect,
  'ledger-coalesced': ledgerCoalesced,
  'ledger-hot': ledgerHot,
  'pending-release': pendingRelease,
  'auto-top-up-tick': autoTopUpTick,
  'charge-http': chargeHttp('meter'),
  'charge-http-next': chargeHttp('next'),
  'charge-batch-http': chargeBatchHttp,
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
  if (!bench) {
    console.error(usage);
    process.exit(2);
  }
  // Standard output belongs to the figures.
  log.level = 'silent';
  const plan = { seconds: Number(values.seconds), rounds: Number(values.rounds) };
  say({ bench: name, ...plan, load: load(), node: process.version });
  try {
    const verdicts = await withStand((stand) => bench(stand, plan));
    for (const verdict of verdicts) say({ bench: name, ...verdict, load: load() } satisfies Verdict & object);
    process.exit(0);
  } catch (error) {
    if (!(error instanceof UnsoundLedger)) throw error;
    console.error(`${name} reports nothing: ${error.message}`);
    process.exit(1);
  }
}
