import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { generateClient } from './build';
import { checkout } from './checkout';
import { type Command, ProcessFailure, Processes, readLog, Stopped } from './processes';
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
  let interrupted = false;
  onStopRequest((why) => {
    interrupted = true;
    steps.silence();
    console.log(`\nStopped by ${why}.`);
    void processes.stop();
  });

  const client: Step = { title: 'Prisma client', work: () => generateClient(processes) };
  const failures = await failuresOf([client], steps);
  failures.push(
    ...(await failuresOf(
      checks.map(({ title, args }) => ({ title, work: () => processes.run(commandOf(title, args)) })),
      steps,
    )),
  );

  await processes.stop();
  for (const failure of failures) console.log(failure);
  rmSync(logs, { recursive: true, force: true });
  if (interrupted) process.exit(130);
  process.exit(failures.length === 0 ? 0 : 1);
}

const commandOf = (title: string, args: string[]): Command => ({
  name: title.replaceAll(' ', '-'),
  command: process.execPath,
  args,
  cwd: checkout,
});

type Step = { title: string; work: () => Promise<string | void> };

/** What failed, with its whole log; what was stopped neither failed nor passed. */
export async function failuresOf(all: Step[], steps: Steps): Promise<string[]> {
  const failures: string[] = [];
  const waiting = [...all];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const { title } = step;
      await steps.run(title, step.work).catch((error: unknown) => {
        if (error instanceof Stopped) return;
        if (!(error instanceof ProcessFailure)) throw error;
        failures.push(`\n✗ ${title}\n\n${readLog(error.log)}`);
      });
    }
  };
  await Promise.all([work(), work()]);
  return failures;
}
