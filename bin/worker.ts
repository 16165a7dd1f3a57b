import { database } from '@/lib/db/database';
import { env, stopOnWrongEnvironment } from '@/lib/env';
import { keepRollingUp } from '@/lib/jobs/roll-ups';
import { keepSendingEvents } from '@/lib/jobs/send-events';
import { startWorker } from '@/lib/jobs/worker';
import { log } from '@/lib/log';
import { priceBook } from '@/price-books/price-book';

import { loadEnvFile } from './support/env-file';

loadEnvFile();
stopOnWrongEnvironment(priceBook);

// What could not be written down because the database went away in that moment would stay locked by us for ever: the
// next start takes it up again, and whoever supervises this process makes that start.
process.on('unhandledRejection', (error) => {
  log.error({ err: error }, 'worker ends, to be started again');
  process.exit(1);
});

const worker = await startWorker({ databaseUrl: env().DATABASE_URL });
const rollingUp = keepRollingUp(database());
const sendingEvents = keepSendingEvents(database());
log.info('worker ready');

async function stop(): Promise<void> {
  await Promise.all([worker.stop(), rollingUp.stop(), sendingEvents.stop()]);
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
await worker.ended;
