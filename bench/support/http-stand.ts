import { randomUUID } from 'node:crypto';

import { buildApp } from '@/bin/support/build';
import { checkout } from '@/bin/support/checkout';
import { appEnvironment } from '@/bin/support/environment';
import { meterArgs } from '@/bin/support/meter-args';
import { answers } from '@/bin/support/processes';
import { freshSecrets } from '@/bin/support/secrets';
import { makeApiKey } from '@/lib/db/api-keys';

import type { Stand } from './stand';

export type Served = 'meter' | 'next' | 'echo';

/** Starts one server as a process of its own, and answers with its address. */
export async function served(stand: Stand, what: Served, secrets = freshSecrets()): Promise<string> {
  const port = await stand.ports.any();
  await stand.ports.release(port);
  const unused = { app: port, sandbox: 1, smtp: 1, mail: 1 };
  const app = appEnvironment({
    ports: unused,
    secrets,
    databaseUrl: stand.appUrl,
    priceBook: 'dubbing',
    distDir: '.next',
  });
  if (what === 'next') await buildApp(stand.processes, '.next');
  const args = {
    meter: meterArgs(port),
    next: ['node_modules/next/dist/bin/next', 'start', '-p', String(port), '-H', '127.0.0.1'],
    echo: ['--import', 'tsx', 'bench/support/echo.ts', String(port)],
  }[what];
  const url = `http://127.0.0.1:${port}`;
  await stand.processes.start({
    name: what,
    command: process.execPath,
    args,
    cwd: checkout,
    env: { ...app, NODE_ENV: 'production' },
    ready: () => (what === 'echo' ? echoes(url) : answers(`${url}/api/health`)),
    stage: 0,
    graceMs: 3_000,
  });
  return url;
}

const echoes = async (url: string) => {
  try {
    return (await fetch(url, { method: 'POST', body: '{}' })).ok;
  } catch {
    return false;
  }
};

/** A key of the company's own backend, good for every account. */
export const serviceKey = (stand: Stand): Promise<string> =>
  makeApiKey(stand.db, {
    id: randomUUID(),
    accountId: null,
    name: 'Bench',
    scopes: ['read', 'meter'],
    createdBy: null,
    expiresAt: null,
  });
