/** A process that does what it is told until it is killed. Started by `doomed-process.ts`. */
import { AsyncLocalStorage } from 'node:async_hooks';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';

import { openDatabase } from '@/lib/db/database';

import type { Errand, Told } from './doomed-process';
import { LIFE } from './frontier';
import { verbs } from './verbs';

const lives = new AsyncLocalStorage<string>();
const { request } = http;
// Stripe's client is one for the process, so each request says whose it is.
http.request = ((...given: Parameters<typeof request>) => {
  const sent = request(...given);
  sent.setHeader(LIFE, lives.getStore() ?? '');
  return sent;
}) as typeof request;
syncBuiltinESMExports();

const tell = (told: Told) => process.send?.(told);

process.on('message', ({ life, databaseUrl, verb, input }: Errand) => {
  const db = openDatabase(databaseUrl);
  lives
    .run(life, () => verbs[verb](db, input))
    .then(
      () => tell({ life, failure: null }),
      (error: unknown) => tell({ life, failure: error instanceof Error ? `${error.stack}` : String(error) }),
    );
});
tell({ life: null, failure: null });
