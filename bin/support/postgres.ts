import { existsSync, readFileSync, renameSync, rmSync, writeFileSync, chownSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Client, escapeIdentifier } from 'pg';

import { commandOf } from './lock';
import { type Account, ownFolder, passableFolder, postgresAccount, reaches } from './postgres-account';
import { type Binaries, copiedBinaries, installedBinaries } from './postgres-binaries';
import type { Processes } from './processes';

export type ClusterPlan = {
  /** Where the data should be. */
  data: string;
  /** Where data and binaries go when PostgreSQL's account cannot reach the first choice. */
  elsewhere: string;
  port: number;
  password: string;
  /** A throw-away cluster need not survive a power cut. */
  durable: boolean;
};

export type Cluster = { url: (database: string) => string; movedTo: string | null };

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '200',
};
const throwAway = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
const stage = 2;

/** Starts the PostgreSQL that npm installed, on loopback only; makes its data folder when there is none. */
export async function startCluster(processes: Processes, plan: ClusterPlan): Promise<Cluster> {
  const account = postgresAccount();
  const place = placeOf(plan, account);
  const run = { cwd: path.dirname(place.data), env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' }, ...account };
  if (!existsSync(path.join(place.data, 'PG_VERSION'))) {
    await initialise({ processes, account, binaries: place.binaries, data: place.data, plan, run });
  }
  await clearStale(place.data);
  const url = (database: string) => `postgres://postgres:${plan.password}@127.0.0.1:${plan.port}/${database}`;
  const options = { ...settings, ...(plan.durable ? {} : throwAway) };
  await processes.start({
    ...run,
    name: 'postgres',
    command: place.binaries.postgres,
    args: [
      '-D',
      place.data,
      '-p',
      String(plan.port),
      ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    ready: () =>
      withClient(url('postgres'), async (client) => (await client.query('SELECT 1')).rowCount === 1),
    stage,
    graceMs: 3_000,
    // "Fast": ends the sessions and writes everything out.
    stopSignal: 'SIGINT',
    alone: true,
  });
  return { url, movedTo: place.moved ? plan.elsewhere : null };
}

function placeOf(
  plan: ClusterPlan,
  account: Account | null,
): { data: string; binaries: Binaries; moved: boolean } {
  mkdirSync(path.dirname(plan.data), { recursive: true });
  const installed = installedBinaries();
  const dataStays = reaches(account, path.dirname(plan.data));
  const binariesStay = reaches(account, installed.postgres) && reaches(account, installed.initdb);
  const moved = !dataStays || !binariesStay;
  if (moved) passableFolder(plan.elsewhere);
  return {
    data: ownFolder(account, dataStays ? plan.data : path.join(plan.elsewhere, 'postgres')),
    binaries: binariesStay
      ? installed
      : copiedBinaries(installed, path.join(plan.elsewhere, `binaries-${releaseOf(installed)}`)),
    moved,
  };
}

function releaseOf(installed: Binaries): string {
  return (
    JSON.parse(readFileSync(path.join(installed.folder, '../package.json'), 'utf8')) as { version: string }
  ).version;
}

async function initialise(options: {
  processes: Processes;
  account: Account | null;
  binaries: Binaries;
  data: string;
  plan: ClusterPlan;
  run: { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number };
}): Promise<void> {
  const { processes, account, binaries, data, plan, run } = options;
  // Made beside its place and moved there whole, so that a start cut short leaves no half of a cluster.
  const unfinished = `${data}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  ownFolder(account, unfinished);
  const passwordFile = `${data}.password`;
  writeFileSync(passwordFile, `${plan.password}\n`, { mode: 0o600 });
  if (account !== null) chownSync(passwordFile, account.uid, account.gid);
  const args = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  try {
    await processes.run({
      ...run,
      name: 'initdb',
      command: binaries.initdb,
      args: ['-D', unfinished, ...args, ...locale, ...(plan.durable ? [] : ['--no-sync'])],
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  rmSync(data, { recursive: true, force: true });
  renameSync(unfinished, data);
}

/** Ends a PostgreSQL left running on this data by a start that was killed, and forgets one that is gone. */
export async function clearStale(data: string): Promise<void> {
  const file = path.join(data, 'postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
  if (pid > 0 && isPostgresOn(pid, data)) {
    process.kill(pid, 'SIGINT');
    for (let waited = 0; waited < 5_000 && isPostgresOn(pid, data); waited += 50) await sleep(50);
    if (isPostgresOn(pid, data)) process.kill(pid, 'SIGQUIT');
    for (let waited = 0; waited < 5_000 && isPostgresOn(pid, data); waited += 50) await sleep(50);
  }
  // Its number may belong to something else by now, which PostgreSQL would take for itself.
  rmSync(file, { force: true });
}

function isPostgresOn(pid: number, data: string): boolean {
  const command = commandOf(pid);
  return command !== null && command.includes('postgres') && command.includes(data);
}

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the database unless it is there. */
export async function ensureDatabase(cluster: Cluster, name: string): Promise<string> {
  await withClient(cluster.url('postgres'), async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
  });
  return cluster.url(name);
}

/** The same database for another login. */
export function loginUrl(ownerUrl: string, login: { name: string; password: string }): string {
  const url = new URL(ownerUrl);
  url.username = login.name;
  url.password = login.password;
  return url.href;
}

/** A login made by an earlier start takes the password that this start knows. */
export async function alignPassword(
  ownerUrl: string,
  login: { name: string; password: string },
): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [login.name]);
    if (found.rowCount === 0) return;
    await client.query(
      `ALTER ROLE ${escapeIdentifier(login.name)} PASSWORD ${client.escapeLiteral(login.password)}`,
    );
  });
}
