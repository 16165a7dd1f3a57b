import { randomUUID } from 'node:crypto';

import { coalescer } from '@/lib/db/ledger/coalescer';
import { numberOf } from '@/lib/domain/number-of';

import type { Bench } from './support/bench';
import { nextCharge } from './support/charges';
import { closedLoop } from './support/closed-loop';
import { httpLoad } from './support/http-load';
import { served, serviceKey } from './support/http-stand';
import { interleaved } from './support/interleaved';
import { median, rounded, spread } from './support/report';

const BATCH = 1_000;
const CONNECTIONS = 4;

/** Charges a second through `/v1/charges/batch`, beside the coalescer's in this process. */
export const chargeBatchHttp: Bench = async (stand, { seconds, rounds }) => {
  const [account] = await stand.accounts(1, 1_000_000_000n);
  const many = await stand.accounts(10_000, 1_000_000n);
  const headers = { authorization: `Bearer ${await serviceKey(stand)}`, 'coffer-account': `${account}` };
  const url = `${await served(stand, 'meter')}/v1/charges/batch`;
  const body = () => {
    const run = randomUUID();
    const charges = Array.from({ length: BATCH }, (_, index) => ({
      reference: `${run}-${index}`,
      service: 'dubbing',
      quantities: { seconds: 30 },
    }));
    return JSON.stringify({ charges });
  };
  const submit = coalescer(stand.db);
  const before = await stand.consumed();
  const rates = await interleaved(
    [
      {
        name: 'coalesced',
        run: async () => (await closedLoop({ inFlight: 64, seconds }, () => submit(nextCharge(many)))).rate,
      },
      {
        name: 'batch',
        run: async () =>
          (await httpLoad({ url, connections: CONNECTIONS, seconds, headers, body })).rate * BATCH,
      },
    ],
    rounds,
  );
  await stand.prove({ before, applied: numberOf((await stand.consumedInTheEnd()) - before) });
  const value = spread(rates.batch).median;
  return [
    {
      ratio: rounded(median(rates.batch) / median(rates.coalesced)),
      of: 'charges/s through /v1/charges/batch (1,000 a request) to those of the coalescer',
      value,
      unit: 'charges/s',
      goal: '>= 20,000',
      met: value >= 20_000,
      batch: spread(rates.batch),
      coalesced: spread(rates.coalesced),
    },
  ];
};
