import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Bench } from './support/bench';
import { interleaved } from './support/interleaved';
import { median, rounded, spread } from './support/report';

const CLIENTS = 20;
const SCALE = 10;

/** Debian keeps it beside its own servers, off the path. */
function pgbench(): string {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  const known = versions.map((version) => `/usr/lib/postgresql/${version}/bin/pgbench`);
  const found = [...known, '/usr/bin/pgbench', '/usr/local/bin/pgbench'].find((file) => existsSync(file));
  if (found === undefined)
    throw new Error('pgbench is missing: install PostgreSQL’s contrib programs (Debian: postgresql-contrib)');
  return found;
}

/** One full charge (idempotent, grants, holds) against `pgbench -N`, both driven by pgbench with prepared statements. */
export const ledgerDirect: Bench = async (stand, { seconds, rounds }) => {
  const program = pgbench();
  const accounts = await stand.accounts(10_000, 1_000_000_000n);
  const [first, last] = [accounts[0], accounts.at(-1)];
  const script = path.join(stand.folder, 'charge.sql');
  writeFileSync(
    script,
    `\\set account random(${first}, ${last})
\\set job random(1, 9000000000000000000)
SELECT status FROM ledger.charge(:account, 1000000, 'job-' || :job, '\\x00'::bytea, 'dubbing');
`,
  );
  const url = new URL(stand.ownerUrl);
  const env = { ...process.env, PGPASSWORD: url.password };
  const common = ['-h', url.hostname, '-p', url.port, '-U', url.username];
  execFileSync(program, [...common, '-i', '-q', '-s', String(SCALE), 'coffer'], { env, stdio: 'ignore' });

  const before = await stand.consumed();
  let applied = 0;
  const run = (args: string[], count: boolean) => async () => {
    const timed = ['-M', 'prepared', '-c', String(CLIENTS), '-j', '2', '-T', String(seconds), '-n'];
    const text = execFileSync(program, [...common, ...timed, ...args, 'coffer'], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (count) applied += Number(/transactions actually processed: (\d+)/.exec(text)?.[1] ?? 0);
    return Number(/tps = ([\d.]+)/.exec(text)?.[1] ?? 0);
  };
  const rates = await interleaved(
    [
      { name: 'pgbench -N', run: run(['-N'], false) },
      { name: 'charge', run: run(['-f', script], true) },
    ],
    rounds,
  );
  await stand.prove({ before, applied });
  const ratio = rounded(median(rates.charge) / median(rates['pgbench -N']));
  return [
    {
      ratio,
      of: `one full charge to pgbench -N, ${CLIENTS} clients, prepared`,
      value: spread(rates.charge).median,
      unit: 'charges/s',
      goal: '>= 1, aim 1.5',
      met: ratio >= 1,
      charge: spread(rates.charge),
      pgbench: spread(rates['pgbench -N']),
    },
  ];
};
