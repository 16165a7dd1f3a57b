import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { withoutOurNames } from '@/bin/support/environment';

import { findPgbench } from './support/pgbench';

const run = promisify(execFile);

/** What others hold a bench to: the last line of any. */
const VERDICT = z.object({
  bench: z.string(),
  ratio: z.number().nonnegative().nullable(),
  of: z.string(),
  value: z.number().nonnegative(),
  unit: z.string(),
  goal: z.string(),
  met: z.boolean(),
  load: z.array(z.number()).length(3),
});
const BEGINS = z.object({ bench: z.string(), rounds: z.literal(1), node: z.string(), postgres: z.string() });

const bench = (...args: string[]) =>
  run(process.execPath, ['bin/bench.mjs', ...args], { env: withoutOurNames('production') });

// Not the one through Next, which would build the app first; it differs from charge-http in the server it starts.
const ALL = [
  ...(findPgbench() === null ? [] : ['ledger-direct']),
  'ledger-coalesced',
  'ledger-hot',
  'pending-release',
  'charge-http',
  'charge-batch-http',
];
/** One through the ledger and the meter each time; all of them where `COFFER_BENCHES` asks for it, for a minute and a half more. */
const NAMES = process.env['COFFER_BENCHES'] === 'all' ? ALL : ['charge-http'];

describe('each measurement runs to a proven ledger and its verdict, in miniature', () => {
  test.each(NAMES)(
    '%s',
    async (name) => {
      const { stdout } = await bench(name, '--seconds', '1', '--rounds', '1');
      const lines = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
      expect(BEGINS.parse(lines[0])).toMatchObject({ bench: name });
      expect(VERDICT.parse(lines.at(-1))).toMatchObject({ bench: name });
    },
    240_000,
  );
});

test.each([{ args: [] }, { args: ['no-such-bench'] }, { args: ['ledger-hot', '--rounds', '0'] }])(
  'of $args it says how it is asked, and nothing on standard output',
  async ({ args }) => {
    await expect(bench(...args)).rejects.toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('Names:') as unknown,
    });
  },
);
