import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';

import { createAdaptorServer, type HttpBindings } from '@hono/node-server';

import { ConnectionDropped } from './errors';
import { createSandbox, type Snapshot, type StripeSandbox } from './sandbox';
import type { RetryProfile } from './world';

const fail = (sentence: string): never => {
  console.error(`stripe-sandbox: ${sentence}`);
  process.exit(1);
};

const readOptions = () => {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '12400' },
        host: { type: 'string', default: '127.0.0.1' },
        origin: { type: 'string' },
        snapshot: { type: 'string' },
        webhook: { type: 'string', multiple: true, default: [] },
        'webhook-secret': { type: 'string', multiple: true, default: [] },
        profile: { type: 'string', default: 'fast' },
        merchant: { type: 'string' },
      },
    }).values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : 'wrong arguments');
  }
};

const profileOf = (name: string): RetryProfile =>
  name === 'fast' || name === 'sandbox' || name === 'live'
    ? name
    : fail(`--profile is fast, sandbox or live, not '${name}'`);

const readSnapshot = (file: string): Snapshot | null => {
  let written: string;
  try {
    written = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  try {
    const snapshot = JSON.parse(written) as Snapshot;
    return snapshot.version === 1 ? snapshot : fail(`${file} is no snapshot of this sandbox`);
  } catch {
    return fail(`${file} is no snapshot of this sandbox`);
  }
};

// Written at most this often, so that a burst of changes costs one file and a crash loses half a second.
const SNAPSHOT_EVERY_MS = 500;

const keepSnapshot = (sandbox: StripeSandbox, file: string): (() => void) => {
  mkdirSync(dirname(file), { recursive: true });
  let written = -1;
  const write = () => {
    const revision = sandbox.store.revision();
    if (revision === written) return;
    writeFileSync(`${file}.part`, JSON.stringify(sandbox.snapshot()));
    renameSync(`${file}.part`, file);
    written = revision;
  };
  setInterval(write, SNAPSHOT_EVERY_MS).unref();
  return write;
};

const isLoopback = (address: string | undefined) =>
  address === '::1' || address?.replace('::ffff:', '').startsWith('127.') === true;

const options = readOptions();
const port = Number(options.port);
if (!Number.isInteger(port) || port < 1 || port > 65_535) fail(`--port is a number, not '${options.port}'`);
const secrets = options['webhook-secret'];
if (options.webhook.length !== secrets.length) fail('every --webhook needs its --webhook-secret');

const origin = options.origin ?? `http://${options.host === '0.0.0.0' ? '127.0.0.1' : options.host}:${port}`;
const sandbox = createSandbox({
  origin,
  profile: profileOf(options.profile),
  webhooks: options.webhook.map((url, index) => ({ url, secret: secrets[index] ?? '' })),
  snapshot: options.snapshot === undefined ? null : readSnapshot(options.snapshot),
  ...(options.merchant === undefined ? {} : { merchant: options.merchant }),
});

const server = createAdaptorServer({
  overrideGlobalObjects: false,
  async fetch(request: Request, bindings) {
    const { incoming } = bindings as HttpBindings;
    const { pathname } = new URL(request.url);
    const isLever = pathname === '/' || pathname.startsWith('/_sandbox');
    if (isLever && !isLoopback(incoming.socket.remoteAddress)) return new Response(null, { status: 403 });
    try {
      return await sandbox.answer(request);
    } catch (error) {
      if (error instanceof ConnectionDropped) incoming.socket.destroy();
      else console.error(error);
      return new Response(null, { status: 500 });
    }
  },
});

const save = options.snapshot === undefined ? () => {} : keepSnapshot(sandbox, options.snapshot);
const stop = sandbox.start();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stop();
    save();
    process.exit(0);
  });
}

server.on('error', (error: NodeJS.ErrnoException) => {
  fail(error.code === 'EADDRINUSE' ? `port ${port} on ${options.host} is taken` : error.message);
});
server.listen(port, options.host, () => {
  console.log(`stripe-sandbox listening on ${origin}`);
});
