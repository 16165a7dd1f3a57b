import { charge } from '@/lib/db/ledger/charge';
import { coalescer } from '@/lib/db/ledger/coalescer';

import type { Bench } from './support/bench';
import { nextCharge } from './support/charges';
import { closedLoop } from './support/closed-loop';
import { interleaved } from './support/interleaved';
import { median, percentile, rounded, spread } from './support/report';

const IN_FLIGHT = 64;
const ACCOUNTS = 10_000;

/** The coalescer against the same charges through the pool, over many accounts. */
export const ledgerCoalesced: Bench = async (stand, { seconds, rounds }) => {
  const accounts = await stand.accounts(ACCOUNTS, 1_000_000n);
  const submit = coalescer(stand.db);
  const before = await stand.consumed();
  let applied = 0;
  const p50: Record<string, number[]> = { direct: [], coalesced: [] };
  const p99: Record<string, number[]> = { direct: [], coalesced: [] };
  const side = <Name extends string>(name: Name, send: typeof submit) => ({
    name,
    run: async () => {
      const loop = await closedLoop({ inFlight: IN_FLIGHT, seconds }, () => send(nextCharge(accounts)));
      applied += loop.done;
      p50[name]?.push(percentile(loop.latencies, 0.5));
      p99[name]?.push(percentile(loop.latencies, 0.99));
      return loop.rate;
    },
  });
  const rates = await interleaved(
    [side('direct', (asked) => charge(stand.db, asked)), side('coalesced', submit)],
    { rounds },
  );
  await stand.prove({ before, applied });
  const ratio = rounded(median(rates.coalesced) / median(rates.direct));
  const latency = (values: Record<string, number[]>) => ({
    direct: rounded(median(values['direct'] ?? [])),
    coalesced: rounded(median(values['coalesced'] ?? [])),
  });
  return [
    {
      ratio,
      of: 'charges/s through the coalescer to charges/s through the pool, 64 in flight, 10,000 accounts',
      value: spread(rates.coalesced).median,
      unit: 'charges/s',
      goal: '>= 4, aim 6',
      met: ratio >= 4,
      direct: spread(rates.direct),
      coalesced: spread(rates.coalesced),
      p50_ms: latency(p50),
      p99_ms: latency(p99),
    },
  ];
};
