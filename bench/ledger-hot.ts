import { charge } from '@/lib/db/ledger/charge';
import { coalescer } from '@/lib/db/ledger/coalescer';

import type { Bench } from './support/bench';
import { nextCharge } from './support/charges';
import { closedLoop } from './support/closed-loop';
import { interleaved } from './support/interleaved';
import { median, rounded, spread } from './support/report';

const IN_FLIGHT = 64;

/** One busy account through the coalescer: against the pool, and against the same load spread over many. */
export const ledgerHot: Bench = async (stand, { seconds, rounds }) => {
  const spreadOver = await stand.accounts(10_000, 1_000_000n);
  const one = await stand.accounts(1, 1_000_000_000n);
  const submit = coalescer(stand.db);
  const before = await stand.consumed();
  let applied = 0;
  const side = <Name extends string>(name: Name, accounts: typeof one, send: typeof submit) => ({
    name,
    run: async () => {
      const loop = await closedLoop({ inFlight: IN_FLIGHT, seconds }, () => send(nextCharge(accounts)));
      applied += loop.done;
      return loop.rate;
    },
  });
  const rates = await interleaved(
    [
      side('direct', one, (asked) => charge(stand.db, asked)),
      side('hot', one, submit),
      side('spread', spreadOver, submit),
    ],
    { rounds },
  );
  await stand.prove({ before, applied });
  const toSpread = rounded(median(rates.hot) / median(rates.spread));
  const ratio = rounded(median(rates.hot) / median(rates.direct));
  const sides = { direct: spread(rates.direct), hot: spread(rates.hot), spread: spread(rates.spread) };
  return [
    {
      ratio: toSpread,
      of: 'charges/s of one account to charges/s spread over 10,000, both through the coalescer',
      value: sides.hot.median,
      unit: 'charges/s',
      goal: '>= 0.8',
      met: toSpread >= 0.8,
    },
    {
      ratio,
      of: 'charges/s of one account through the coalescer to charges/s of it through the pool, 64 in flight',
      value: sides.hot.median,
      unit: 'charges/s',
      goal: '>= 15, aim 25; and >= 0.8 of spread',
      met: ratio >= 15 && toSpread >= 0.8,
      toSpread,
      ...sides,
    },
  ];
};
