import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { generateClient } from './build';
import { checkout } from './checkout';
import { ProcessFailure, Processes, readLog } from './processes';
import { onStopRequest } from './signals';
import { Steps } from './steps';

type Check = { title: string; args: string[] };

const houses = [
  'app',
  'bench',
  'client',
  'components',
  'lib',
  'price-books',
  'prisma',
  'stripe-sandbox',
  'bin',
  'e2e',
  'proxy.ts',
  'instrumentation.ts',
];

/** No database and no browser: what can be known from the files alone. */
const checks: Check[] = [
  { title: 'Types', args: ['node_modules/typescript-native/bin/tsc', '--noEmit', '-p', 'tsconfig.json'] },
  { title: 'Unit tests', args: ['node_modules/vitest/vitest.mjs', 'run', '--project=unit'] },
  { title: 'Lint', args: ['node_modules/oxlint/bin/oxlint', '--deny-warnings'] },
  {
    title: 'Doors',
    args: [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.mjs',
      ...houses,
    ],
  },
  { title: 'Unused code', args: ['node_modules/knip/bin/knip.js'] },
  { title: 'Format', args: ['node_modules/oxfmt/bin/oxfmt', '--check'] },
  { title: 'Paths in documents', args: ['--import', 'tsx', 'bin/document-paths.ts'] },
  { title: 'Rows of the seeds', args: ['--import', 'tsx', 'bin/seed-map.ts'] },
];

/** Runs every check, two at a time, and shows what failed, whole. */
export async function runChecks(): Promise<void> {
  const logs = mkdtempSync(path.join(tmpdir(), 'coffer-check-'));
  const processes = new Processes({ logs, onDeath: () => undefined });
  const steps = new Steps(process.stdout);
  const failures: string[] = [];
  const run = (title: string, work: () => Promise<string | void>) =>
    steps.run(title, work).catch((error: unknown) => {
      if (!(error instanceof ProcessFailure)) throw error;
      failures.push(`\n✗ ${title}\n\n${readLog(error.log)}`);
    });
  onStopRequest(() => void processes.stop().finally(() => process.exit(130)));

  await run('Prisma client', () => generateClient(processes));
  const waiting = [...checks];
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const { title, args } = check;
      await run(title, () =>
        processes.run({ name: title.replaceAll(' ', '-'), command: process.execPath, args, cwd: checkout }),
      );
    }
  };
  await Promise.all([work(), work()]);

  await processes.stop();
  for (const failure of failures) console.log(failure);
  rmSync(logs, { recursive: true, force: true });
  process.exit(failures.length === 0 ? 0 : 1);
}
