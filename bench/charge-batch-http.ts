import { randomUUID } from 'node:crypto';

import { coalescer } from '@/lib/db/ledger/coalescer';

import type { Bench } from './support/bench';
import { nextCharge } from './support/charges';
import { closedLoop } from './support/closed-loop';
import { httpLoad } from './support/http-load';
import { served, serviceKey } from './support/http-stand';
import { interleaved } from './support/interleaved';
import { median, rounded, spread } from './support/report';

const BATCH = 1_000;
const CONNECTIONS = 4;
// As for `charge-http`.
const WARM_UPS = 2;

/** Charges a second through `/v1/charges/batch`, beside the coalescer's in this process. */
export const chargeBatchHttp: Bench = async (stand, { seconds, rounds }) => {
  // The many first: opened with the plans of a ledger of one account, they take minutes.
  const many = await stand.accounts(10_000, 1_000_000n);
  const [account] = await stand.accounts(1, 1_000_000_000n);
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
  let applied = 0;
  const coalesced = async () => {
    const { rate, done } = await closedLoop({ inFlight: 64, seconds }, () => submit(nextCharge(many)));
    applied += done;
    return rate;
  };
  const batch = async () => {
    const { rate, done } = await httpLoad({ url, connections: CONNECTIONS, seconds, headers, body });
    applied += done * BATCH;
    return rate * BATCH;
  };
  const rates = await interleaved(
    [
      { name: 'coalesced', run: coalesced },
      { name: 'batch', run: batch },
    ],
    { rounds, warmUps: WARM_UPS },
  );
  await stand.prove({ before, applied, unanswered: CONNECTIONS * BATCH * (rounds + WARM_UPS) });
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
