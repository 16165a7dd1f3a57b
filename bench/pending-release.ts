import { performance } from 'node:perf_hooks';

import { credit } from '@/lib/db/ledger';
import { credits } from '@/lib/domain/credits';

import type { Bench } from './support/bench';
import { median, rounded, say, spread } from './support/report';
import { UnsoundLedger } from './support/unsound-ledger';

const WAITING = 1_000;

/** One top-up that pays a thousand operations that waited, in its own transaction. */
export const pendingRelease: Bench = async (stand, { rounds }) => {
  const accounts = await stand.accounts(rounds + 1, 1n);
  const took: number[] = [];
  for (const [round, accountId] of accounts.entries()) {
    await stand.asOwner(
      `INSERT INTO operations (account_id, reference, state, amount, service, created_at, finished_at, purge_at)
       SELECT $1, 'job ' || n, 'pending_payment', 1000000, 'asset', now(), now() + n * interval '1 ms', now() + interval '30 days'
         FROM generate_series(1, $2) AS n`,
      [accountId, WAITING],
    );
    const started = performance.now();
    await credit(stand.db, {
      accountId,
      amount: credits(BigInt(WAITING) * 1_000_000n),
      kind: 'bonus',
      reference: `top-up ${round}`,
    });
    const milliseconds = performance.now() - started;
    if (round === 0) continue;
    took.push(milliseconds);
    say({ side: 'release', round, value: rounded(milliseconds) });
  }
  const [ready] = await stand.asOwner<{ count: string }>(
    `SELECT count(*) FROM outbox WHERE topic = 'operation.ready'`,
  );
  if (ready?.count !== `${accounts.length * WAITING}`)
    throw new UnsoundLedger(`${ready?.count} operations were released`);
  await stand.prove({ before: 0n, applied: accounts.length * WAITING });
  return [
    {
      ratio: null,
      of: 'one credit that releases 1,000 waiting operations',
      value: rounded(median(took)),
      unit: 'ms',
      goal: '<= 250',
      met: median(took) <= 250,
      ...spread(took),
    },
  ];
};
