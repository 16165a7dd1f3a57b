import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { Ports } from '@/bin/support/ports';
import { startCluster } from '@/bin/support/postgres';
import { postgresAccount, scratchFolder } from '@/bin/support/postgres-account';
import { type ProcessFailure, Processes } from '@/bin/support/processes';
import { reaper } from '@/bin/support/reaper';
import { freshSecrets } from '@/bin/support/secrets';

export type TestCluster = {
  /** The superuser's address of a database. */
  url: (database: string) => string;
  /** The number of its first process, which has started all others. */
  postmaster: () => number;
  /** Starts it again on the same data and port, after it was ended from outside. */
  startAgain: () => Promise<void>;
  stop: () => Promise<void>;
};

type Wanted = { name: string; durable: boolean; onDeath: (failure: ProcessFailure) => void };

/** A PostgreSQL of the caller's own, in a folder and on a port of its own; both are gone after `stop`. */
export async function testCluster({ name, durable, onDeath }: Wanted): Promise<TestCluster> {
  const folder = scratchFolder(postgresAccount(), name);
  reaper.tell({ remove: folder });
  const processes = new Processes({ logs: path.join(folder, 'logs'), onDeath });
  const stop = async () => {
    await processes.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    reaper.tell({ keep: folder });
  };
  try {
    const ports = new Ports(() => undefined);
    const port = await ports.any();
    await ports.release(port);
    const data = path.join(folder, 'postgres');
    const plan = { data, elsewhere: folder, port, password: freshSecrets().databaseOwner, durable };
    const { url } = await startCluster(processes, plan);
    return {
      url,
      postmaster: () => Number(readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[0]),
      startAgain: async () => void (await startCluster(processes, plan)),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
