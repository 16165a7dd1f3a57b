import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { generateClient } from './build';
import { checkout, inCheckout } from './checkout';
import { provideChromium } from './chromium';
import { withoutOurNames } from './environment';
import { explain } from './failure';
import { barBytes, firstLoadScripts, kB, type Script } from './first-load-js';
import { Ports } from './ports';
import { withClient } from './postgres';
import { postgresAccount, scratchFolder } from './postgres-account';
import { type Command, ProcessFailure, Processes, readLog, Stopped } from './processes';
import { reaper } from './reaper';
import { takeScreenshots } from './screenshots';
import { freshSecrets, type Secrets } from './secrets';
import { onStopRequest } from './signals';
import { type Stack, startStack } from './stack';
import { Steps } from './steps';
import { playwrightTally, summed, type Tally, tallyOf, vitestTally } from './tally';

const usage = 'npm test -- [--unit] [--db] [--e2e] [--size] [--screenshots] [pattern …]';
const tests = ['unit', 'db', 'e2e', 'size'] as const;
const parts = [...tests, 'screenshots'] as const;
type Part = (typeof parts)[number];

type TestOptions = { parts: Set<Part>; patterns: string[] };

/** What was asked for, or the one line that says what is wrong with it. */
function testOptions(args: string[]): TestOptions | string {
  try {
    const options = Object.fromEntries(parts.map((part) => [part, { type: 'boolean' as const }]));
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const asked = parts.filter((part) => values[part] === true);
    return { parts: new Set(asked.length === 0 ? tests : asked), patterns: positionals };
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\nUsage: ${usage}`;
  }
}

type TestStack = Stack & { secrets: Secrets };
type BesideStack = { called: string; ownerUrl: string; secrets: Secrets };
type Run = { steps: Steps; processes: Processes; folder: string; options: TestOptions };

export async function runTests(args: string[]): Promise<void> {
  const options = testOptions(args);
  if (typeof options === 'string') {
    console.error(options);
    process.exit(2);
  }
  const folder = scratchFolder(postgresAccount(), 'tests');
  reaper.tell({ remove: folder });
  const steps = new Steps(process.stdout);
  const tallies: Tally[] = [];
  const processes = new Processes({
    logs: path.join(folder, 'logs'),
    onDeath: (failure) => {
      steps.silence();
      console.log(wholeOf(failure));
      tallies.push(oneFailure);
      void processes.stop();
    },
  });
  const end = async (code: number | null) => {
    await processes.stop();
    removeOrLeaveToReaper(folder);
    const { passed, failed } = summed(tallies);
    process.stdout.write(`${passed} passed, ${failed} failed\n`, () =>
      process.exit(code ?? (failed === 0 ? 0 : 1)),
    );
  };
  let interrupted = false;
  onStopRequest((why) => {
    interrupted = true;
    steps.silence();
    console.log(`\nStopped by ${why}.`);
    tallies.push(oneFailure);
    void end(130);
  });
  await runParts({ steps, processes, folder, options }, tallies);
  if (!interrupted) await end(null);
}

function removeOrLeaveToReaper(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    reaper.tell({ keep: folder });
  } catch {
    // A runner that was cut short may still be writing; the reaper tries again once we are gone.
  }
}

const oneFailure: Tally = { passed: 0, failed: 1 };

async function runParts(run: Run, tallies: Tally[]): Promise<void> {
  const wants = (...some: Part[]) => some.some((part) => run.options.parts.has(part));
  try {
    await run.steps.run('Prisma client', () => generateClient(run.processes));
    if (wants('unit', 'db')) tallies.push(await runVitest(run));
    if (!wants('e2e', 'size', 'screenshots')) return;
    let browser = '';
    await run.steps.run('Chromium', async () => (browser = await provideChromium(run.processes)));
    const stack = await startTestStack(run);
    if (wants('size')) tallies.push(await runSize(run, { appUrl: stack.appUrl, browser }));
    if (wants('screenshots'))
      await run.steps.run('Screenshots', () => takeScreenshots({ appUrl: stack.appUrl, browser }));
    if (wants('e2e'))
      tallies.push(await runStories(run, [stack, await startSecondStack(run, stack)], browser));
  } catch (error) {
    if (error instanceof Stopped) return;
    console.log(wholeOf(error));
    tallies.push(oneFailure);
  }
}

function wholeOf(error: unknown): string {
  return error instanceof ProcessFailure ? `✗ ${error.what}:\n\n${readLog(error.log)}` : explain(error);
}

/** Runs a test runner; its output is shown, whole, only when it failed. */
async function runRunner(
  run: Run,
  title: string,
  command: Command,
  tally: (passed: boolean) => Tally,
): Promise<Tally> {
  let result: Tally = oneFailure;
  try {
    await run.steps.run(title, async () => {
      await run.processes.run(command);
      result = tally(true);
      return `${result.passed} passed`;
    });
  } catch (error) {
    if (!(error instanceof ProcessFailure)) throw error;
    run.steps.say(readLog(error.log));
    result = tally(false);
  }
  return result;
}

/** With a folder for temporary files that goes when the run does. */
function testEnvironment({ folder }: Run): NodeJS.ProcessEnv {
  const temporary = path.join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  return { ...withoutOurNames('test'), TMPDIR: temporary };
}

function runVitest(run: Run): Promise<Tally> {
  const { parts: asked, patterns } = run.options;
  const projects = [
    ...(asked.has('unit') ? ['unit', 'sandbox'] : []),
    ...(asked.has('db') ? ['database'] : []),
  ];
  const report = path.join(run.folder, 'vitest.json');
  const command = {
    name: 'vitest',
    command: process.execPath,
    args: [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...projects.map((project) => `--project=${project}`),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...patterns,
    ],
    cwd: checkout,
    env: { ...testEnvironment(run), ...givenToTests() },
  };
  return runRunner(run, `Tests: ${projects.join(', ')}`, command, (ok) => tallyOf(report, vitestTally, ok));
}

/** What the caller may hand to the tests: a PostgreSQL of their own, answers recorded from Stripe, and how much to try. */
function givenToTests(): Record<string, string> {
  const names = [
    'COFFER_TEST_POSTGRES',
    'STRIPE_GOLDENS',
    'COFFER_SEEDS',
    'COFFER_FIRST_SEED',
    'COFFER_ACK_ROUNDS',
    'COFFER_BENCHES',
    'COFFER_CRASHES',
  ];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

async function startTestStack({ steps, processes, folder }: Run, beside?: BesideStack): Promise<TestStack> {
  const ports = new Ports((line) => steps.say(line));
  const secrets = beside?.secrets ?? freshSecrets();
  const stack = await startStack({
    ...(beside === undefined ? {} : { called: beside.called }),
    processes,
    steps,
    folder: beside === undefined ? folder : path.join(folder, beside.called),
    elsewhere: folder,
    ports: {
      app: await ports.any(),
      sandbox: await ports.any(),
      smtp: await ports.any(),
      mail: await ports.any(),
      postgres: beside === undefined ? await ports.any() : 0,
    },
    release: (port) => ports.release(port),
    secrets,
    login: 'coffer_test',
    ownerUrl: beside?.ownerUrl ?? null,
    durable: false,
    priceBook: 'dubbing',
    distDir: '.next-test',
    web: 'built',
  });
  return { ...stack, secrets };
}

/** A second stack on the first one's PostgreSQL and build: two stories are told at once, and neither sees the other's company. */
async function startSecondStack(run: Run, first: TestStack): Promise<TestStack> {
  const called = 'two';
  const owner = new URL(first.ownerUrl);
  owner.pathname = `/coffer_${called}`;
  await withClient(first.ownerUrl, (client) => client.query(`CREATE DATABASE coffer_${called}`));
  return startTestStack(run, { called, ownerUrl: owner.href, secrets: first.secrets });
}

async function runSize({ steps }: Run, target: { appUrl: string; browser: string }): Promise<Tally> {
  let scripts: Script[] = [];
  let total = 0;
  try {
    await steps.run('First-load JavaScript', async () => {
      scripts = await firstLoadScripts(target);
      total = scripts.reduce((sum, { bytes }) => sum + bytes, 0);
      return `${kB(total)} gzip of ${kB(barBytes)} (${scripts.length} scripts)`;
    });
  } catch (error) {
    steps.say(wholeOf(error));
    return oneFailure;
  }
  if (total <= barBytes) return { passed: 1, failed: 0 };
  steps.say(`✗ The overview's scripts are over the bar of ${kB(barBytes)}:`);
  for (const { url, bytes } of scripts.toSorted((a, b) => b.bytes - a.bytes)) {
    steps.say(`    ${kB(bytes).padStart(9)}  ${new URL(url).pathname}`);
  }
  return oneFailure;
}

/** What a story is told of the stack that it is told to. */
const storyEnvironment = (run: Run, { env, appUrl, mailUrl, sandboxUrl, ownerUrl, databaseUrl }: Stack) => ({
  ...env,
  ...testEnvironment(run),
  APP_URL: appUrl,
  MAIL_URL: mailUrl,
  SANDBOX_URL: sandboxUrl,
  DATABASE_OWNER_URL: ownerUrl,
  DATABASE_URL: databaseUrl,
});

async function runStories(run: Run, stacks: readonly TestStack[], browser: string): Promise<Tally> {
  const report = path.join(run.folder, 'stories.json');
  const command = {
    name: 'stories',
    command: process.execPath,
    args: ['node_modules/@playwright/test/cli.js', 'test', ...run.options.patterns],
    cwd: checkout,
    env: {
      ...testEnvironment(run),
      COFFER_STACKS: JSON.stringify(stacks.map((stack) => storyEnvironment(run, stack))),
      CHROMIUM_PATH: browser,
      COFFER_STORIES_REPORT: report,
    },
  };
  const tally = await runRunner(run, 'Stories', command, (ok) => tallyOf(report, playwrightTally, ok));
  if (tally.failed > 0) {
    const kept = inCheckout('test-results/logs');
    cpSync(path.join(run.folder, 'logs'), kept, { recursive: true });
    run.steps.say('The traces are in test-results, the logs of every process in test-results/logs.');
  }
  return tally;
}
