import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { generateClient } from './build';
import { checkoutId, inCheckout, shown } from './checkout';
import { explain } from './failure';
import { takeLock } from './lock';
import { Ports } from './ports';
import { clearStale, loginUrl } from './postgres';
import { Processes, Stopped } from './processes';
import { keptSecrets } from './secrets';
import { onStopRequest } from './signals';
import { type Stack, startStack } from './stack';
import { Steps } from './steps';
import { table } from './table';

const folder = inCheckout('.coffer/demo');
const secretsFile = path.join(folder, 'secrets.json');
/** Of use only where PostgreSQL cannot reach the checkout. */
const elsewhere = path.join('/var/tmp', `coffer-${checkoutId}`);
const usage = 'npm run demo -- [--port N] [--reset] [--dev]';

type DemoOptions = { port: number; reset: boolean; dev: boolean };

/** What was asked for, or the one line that says what is wrong with it. */
function demoOptions(args: string[]): DemoOptions | string {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '3000' },
        reset: { type: 'boolean', default: false },
        dev: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      return `--port must be a number from 1 to 65535. Usage: ${usage}`;
    return { port, reset: values.reset, dev: values.dev };
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\nUsage: ${usage}`;
  }
}

export async function runDemo(args: string[]): Promise<void> {
  const options = demoOptions(args);
  if (typeof options === 'string') {
    console.error(options);
    process.exit(2);
  }
  mkdirSync(inCheckout('.coffer'), { recursive: true });
  const lock = takeLock(inCheckout('.coffer/demo.lock'), /demo\.mjs/);
  if ('heldBy' in lock) {
    console.error(`A demo already runs in this folder (process ${lock.heldBy}): stop it with Ctrl-C first.`);
    process.exit(1);
  }
  const steps = new Steps(process.stdout);
  if (options.reset) await reset(steps);

  const processes = new Processes({
    logs: path.join(folder, 'logs'),
    onDeath: (failure) => void fail(failure),
  });
  const end = async (code: number) => {
    await processes.stop();
    lock.release();
    process.exit(code);
  };
  const fail = async (error: unknown) => {
    if (error instanceof Stopped) return;
    steps.silence();
    console.error(explain(error));
    await end(1);
  };
  onStopRequest(() => {
    steps.silence();
    console.log('\nStopping …');
    void end(0);
  });
  process.on('uncaughtException', (error) => void fail(error));

  try {
    const started = Date.now();
    const stack = await start(options, steps, processes);
    console.log(tableOf(stack, Date.now() - started));
  } catch (error) {
    await fail(error);
  }
}

async function start(options: DemoOptions, steps: Steps, processes: Processes): Promise<Stack> {
  await forgetDataElsewhere();
  const ports = new Ports((line) => steps.say(line));
  const ownerUrl = process.env['DATABASE_URL'] ?? null;
  const chosen = {
    app: await ports.wanted(options.port),
    sandbox: await ports.wanted(12_400),
    smtp: await ports.wanted(1025),
    mail: await ports.wanted(1080),
    postgres: ownerUrl === null ? await ports.wanted(54_329) : 0,
  };
  await steps.run('Prisma client', () => generateClient(processes));
  return startStack({
    processes,
    steps,
    folder,
    elsewhere,
    ports: chosen,
    release: (port) => ports.release(port),
    secrets: keptSecrets(secretsFile),
    login: ownerUrl === null ? 'coffer_demo' : `coffer_demo_${checkoutId}`,
    ownerUrl,
    durable: true,
    priceBook: process.env['COFFER_PRICE_BOOK'] ?? 'dubbing',
    distDir: '.next',
    web: options.dev ? 'dev' : 'built',
  });
}

async function reset(steps: Steps): Promise<void> {
  await clearStale(path.join(folder, 'postgres'));
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  const kept =
    process.env['DATABASE_URL'] === undefined
      ? ''
      : ' The database that DATABASE_URL names is left as it is.';
  steps.say(`Starting over: ${shown(folder)} is deleted.${kept}`);
}

/** Data elsewhere without its passwords here is of a folder that was deleted. */
async function forgetDataElsewhere(): Promise<void> {
  if (process.getuid?.() !== 0 || existsSync(secretsFile) || !existsSync(elsewhere)) return;
  await clearStale(path.join(elsewhere, 'postgres'));
  rmSync(elsewhere, { recursive: true, force: true, maxRetries: 3 });
}

function tableOf(stack: Stack, ms: number): string {
  const database = new URL(loginUrl(stack.ownerUrl, { name: new URL(stack.ownerUrl).username, password: '' }))
    .href;
  return table(`Coffer is running (${(ms / 1000).toFixed(1)} s). Ctrl-C stops all of it.`, [
    ['App', stack.appUrl],
    [
      'Sign in',
      'ada@demo.coffer.example   password demo-ada-coffer   (owner; or one click on the sign-in page)',
    ],
    [
      'Staff',
      'joan@demo.coffer.example  password demo-joan-coffer  (support; Hedy is finance; the console is /staff)',
    ],
    ['Mail catcher', stack.mailUrl],
    ['Stripe sandbox', stack.sandboxUrl],
    ['Database', `${database}   (passwords in ${shown(secretsFile)})`],
    ['Logs', shown(path.join(folder, 'logs'))],
  ]);
}
