import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { buildApp } from './build';
import { checkout, inCheckout } from './checkout';
import { type Addresses, addressOf, appEnvironment } from './environment';
import { alignPassword, ensureDatabase, loginUrl, startCluster } from './postgres';
import { answers, type Command, type Processes, readLog } from './processes';
import type { Secrets } from './secrets';
import type { Steps } from './steps';

export type StackPlan = {
  /** Beside the names of its processes and steps, where more than one stack is started. */
  called?: string;
  processes: Processes;
  steps: Steps;
  /** What the stack keeps: mails, the sandbox's memory, PostgreSQL's data. */
  folder: string;
  elsewhere: string;
  ports: Addresses & { postgres: number };
  /** Lets go of a port that was held for one of these. */
  release: (port: number) => Promise<void>;
  secrets: Secrets;
  login: string;
  /** A database of the operator's own, or null for the embedded PostgreSQL. */
  ownerUrl: string | null;
  durable: boolean;
  priceBook: string;
  distDir: string;
  /** `dev` compiles pages when they are asked for, and again when they change. */
  web: 'built' | 'dev';
};

export type Stack = {
  appUrl: string;
  mailUrl: string;
  sandboxUrl: string;
  ownerUrl: string;
  databaseUrl: string;
  /** What web and worker run with. */
  env: NodeJS.ProcessEnv;
};

/** Starts everything that Coffer needs, as much at once as its order allows, and waits until each part answers. */
export async function startStack(plan: StackPlan): Promise<Stack> {
  const { processes, steps, ports, secrets } = plan;
  const database = {
    ownerUrl: plan.ownerUrl ?? embeddedUrl(plan),
    login: { name: plan.login, password: secrets.databaseLogin },
  };
  const databaseUrl = loginUrl(database.ownerUrl, database.login);
  const app = appEnvironment({
    ports,
    secrets,
    databaseUrl,
    priceBook: plan.priceBook,
    distDir: plan.distDir,
  });
  const owner = { ...app, DATABASE_OWNER_URL: database.ownerUrl };

  const step = (title: string, work: () => Promise<string | void>) => steps.run(called(plan, title), work);
  const startDatabase = async () => {
    if (plan.ownerUrl === null) await step('PostgreSQL', () => startEmbedded(plan));
    await alignPassword(database.ownerUrl, database.login);
    await step('Migrations', () => processes.run(script(plan, 'migrate', 'bin/migrate.ts', owner)));
    await step('Demo data', () => processes.run(script(plan, 'seed', 'prisma/seed.ts', owner)));
  };
  await Promise.all([
    startDatabase(),
    step('Stripe sandbox', () => startSandbox(plan, app)),
    step('Mail catcher', () => startMailCatcher(plan, app)),
    ...(plan.web === 'built' ? [step('Build', () => buildApp(processes, plan.distDir))] : []),
  ]);
  await Promise.all([step('Web', () => startWeb(plan, app)), step('Worker', () => startWorker(plan, app))]);
  return {
    appUrl: addressOf(ports.app),
    mailUrl: addressOf(ports.mail),
    sandboxUrl: addressOf(ports.sandbox),
    ownerUrl: database.ownerUrl,
    databaseUrl,
    env: app,
  };
}

const databaseName = 'coffer';

/** What one of its processes or steps is called. */
const called = (plan: StackPlan, part: string) =>
  plan.called === undefined ? part : `${part} ${plan.called}`;

function embeddedUrl({ secrets, ports }: StackPlan): string {
  return `postgres://postgres:${secrets.databaseOwner}@127.0.0.1:${ports.postgres}/${databaseName}`;
}

async function startEmbedded(plan: StackPlan): Promise<string> {
  await plan.release(plan.ports.postgres);
  const cluster = await startCluster(plan.processes, {
    data: path.join(plan.folder, 'postgres'),
    elsewhere: plan.elsewhere,
    port: plan.ports.postgres,
    password: plan.secrets.databaseOwner,
    durable: plan.durable,
  });
  await ensureDatabase(cluster, databaseName);
  if (cluster.movedTo !== null) {
    plan.steps.say(`PostgreSQL's user cannot reach this folder, so its files are in ${cluster.movedTo}.`);
  }
  return `127.0.0.1:${plan.ports.postgres}`;
}

function script(
  plan: StackPlan,
  name: string,
  file: string,
  env: NodeJS.ProcessEnv,
  args: string[] = [],
): Command {
  // Not through tsx's own command: that would put a second process between us and the script.
  return {
    name: called(plan, name),
    command: process.execPath,
    args: ['--import', 'tsx', file, ...args],
    env,
    cwd: checkout,
  };
}

async function startSandbox(plan: StackPlan, env: NodeJS.ProcessEnv): Promise<string> {
  const { ports, secrets } = plan;
  const webhook = `${addressOf(ports.app)}/api/stripe/webhook`;
  const args = ['--port', String(ports.sandbox), '--snapshot', path.join(plan.folder, 'sandbox.json')];
  const behaviour = [
    '--webhook',
    webhook,
    '--webhook-secret',
    secrets.webhook,
    '--merchant',
    'Coffer',
    '--profile',
    'fast',
  ];
  await plan.release(ports.sandbox);
  await plan.processes.start({
    ...script(plan, 'sandbox', 'stripe-sandbox/main.ts', env, [...args, ...behaviour]),
    ready: () => answers(`${addressOf(ports.sandbox)}/_sandbox/health`),
    stage: 1,
    graceMs: 2_000,
  });
  return addressOf(ports.sandbox);
}

async function startMailCatcher(plan: StackPlan, env: NodeJS.ProcessEnv): Promise<string> {
  const { ports } = plan;
  const mails = path.join(plan.folder, 'mail');
  mkdirSync(mails, { recursive: true });
  await Promise.all([plan.release(ports.smtp), plan.release(ports.mail)]);
  await plan.processes.start({
    name: called(plan, 'mail'),
    command: process.execPath,
    args: [
      inCheckout('node_modules/maildev/bin/maildev'),
      '--silent',
      '--ip=127.0.0.1',
      `--smtp=${ports.smtp}`,
      `--web=${ports.mail}`,
      `--mail-directory=${mails}`,
    ],
    env,
    cwd: checkout,
    ready: () => answers(`${addressOf(ports.mail)}/healthz`),
    stage: 1,
    graceMs: 2_000,
  });
  return addressOf(ports.mail);
}

async function startWeb(plan: StackPlan, env: NodeJS.ProcessEnv): Promise<string> {
  const { ports } = plan;
  const verb = plan.web === 'dev' ? 'dev' : 'start';
  await plan.release(ports.app);
  await plan.processes.start({
    name: called(plan, 'web'),
    command: process.execPath,
    args: ['node_modules/next/dist/bin/next', verb, '-p', String(ports.app), '-H', '127.0.0.1'],
    env: { ...env, NODE_ENV: plan.web === 'dev' ? 'development' : 'production' },
    cwd: checkout,
    ready: () => answers(`${addressOf(ports.app)}/api/health`),
    stage: 0,
    graceMs: 3_000,
  });
  return addressOf(ports.app);
}

async function startWorker(plan: StackPlan, env: NodeJS.ProcessEnv): Promise<void> {
  await plan.processes.start({
    ...script(plan, 'worker', 'bin/worker.ts', env),
    ready: async () => /"msg":\s*"worker ready"/.test(readLog(plan.processes.logOf(called(plan, 'worker')))),
    stage: 0,
    graceMs: 3_000,
  });
}
