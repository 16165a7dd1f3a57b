import { serve } from '@hono/node-server';

import { createApi } from '@/lib/api/app';
import { database } from '@/lib/db/database';
import { stopOnWrongEnvironment } from '@/lib/env';
import { ON_EVERY_ANSWER } from '@/lib/http/headers';
import { log } from '@/lib/log';
import { priceBook } from '@/price-books/price-book';

import { loadEnvFile } from './support/env-file';
import { meterAddress } from './support/meter-address';

loadEnvFile();
stopOnWrongEnvironment(priceBook);

const { hostname, port } = meterAddress(process.argv.slice(2));
const server = serve({ fetch: createApi().fetch, hostname, port }, (bound) => {
  log.info({ hostname, port: bound.port }, 'meter ready');
});
// Beside the answers and not in each of them: what a charge costs is counted.
server.prependListener('request', (_request, answer) => {
  for (const [name, value] of ON_EVERY_ANSWER) answer.setHeader(name, value);
});

async function stop(): Promise<void> {
  await new Promise((resolve) => server.close(resolve));
  await database().close();
  process.exit(0);
}

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void stop();
  });
}
