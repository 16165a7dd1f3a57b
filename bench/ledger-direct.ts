import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Bench } from './support/bench';
import { interleaved } from './support/interleaved';
import { findPgbench } from './support/pgbench';
import { median, rounded, spread } from './support/report';

const CLIENTS = 20;
const SCALE = 10;
const SEED = 18_497_414;

/** One full charge (idempotent, grants, holds) against `pgbench -N`, both driven by pgbench with prepared statements. */
export const ledgerDirect: Bench = async (stand, { seconds, rounds }) => {
  const program = findPgbench();
  if (program === null)
    throw new Error('pgbench is missing: install PostgreSQL’s contrib programs (Debian: postgresql-contrib)');
  const accounts = await stand.accounts(10_000, 1_000_000_000n);
  const [first, last] = [accounts[0], accounts.at(-1)];
  const script = path.join(stand.folder, 'charge.sql');
  writeFileSync(
    script,
    `\\set account random(${first}, ${last})
\\set job random(1, 9000000000000000000)
SELECT status, seq, balance, available
  FROM ledger.charge(:account, 1000000, 'job-' || :job, decode('${'5a'.repeat(32)}', 'hex'), 'dubbing');
`,
  );
  const pgbenchAs = (url: string, args: string[]): string => {
    const { hostname, port, username, password, pathname } = new URL(url);
    const where = ['-h', hostname, '-p', port, '-U', username, pathname.slice(1)];
    return execFileSync(program, [...args, ...where], {
      env: { ...process.env, PGPASSWORD: password },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  };
  pgbenchAs(stand.ownerUrl, ['-i', '-q', '-s', String(SCALE)]);

  const before = await stand.consumed();
  let applied = 0;
  // A seed for each round: the same job asked for in two of them would be a repeat, and no charge.
  let seed = SEED;
  const timed = (url: string, side: string[]) => {
    const length = ['-T', String(Math.max(1, Math.round(seconds))), `--random-seed=${seed++}`];
    return pgbenchAs(url, ['-M', 'prepared', '-c', String(CLIENTS), '-j', '2', '-n', ...length, ...side]);
  };
  const rateIn = (text: string) => Number(/tps = ([\d.]+)/.exec(text)?.[1] ?? 0);
  const rates = await interleaved(
    [
      { name: 'pgbench -N', run: async () => rateIn(timed(stand.ownerUrl, ['-N'])) },
      {
        name: 'charge',
        run: async () => {
          const text = timed(stand.appUrl, ['-f', script]);
          applied += Number(/transactions actually processed: (\d+)/.exec(text)?.[1] ?? 0);
          return rateIn(text);
        },
      },
    ],
    { rounds },
  );
  await stand.prove({ before, applied });
  const ratio = rounded(median(rates.charge) / median(rates['pgbench -N']));
  return [
    {
      ratio,
      of: `one full charge to pgbench -N, both driven by pgbench, ${CLIENTS} clients, prepared`,
      value: spread(rates.charge).median,
      unit: 'charges/s',
      goal: '>= 1, aim 1.5',
      met: ratio >= 1,
      charge: spread(rates.charge),
      pgbench: spread(rates['pgbench -N']),
      driver: execFileSync(program, ['--version'], { encoding: 'utf8' }).trim(),
      seed: SEED,
    },
  ];
};
