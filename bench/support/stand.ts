import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import sql from 'sql-template-tag';

import { migrate } from '@/bin/migrate';
import { Ports } from '@/bin/support/ports';
import { ensureDatabase, loginUrl, startCluster, withClient } from '@/bin/support/postgres';
import { postgresAccount, scratchFolder } from '@/bin/support/postgres-account';
import { Processes } from '@/bin/support/processes';
import { reaper } from '@/bin/support/reaper';
import { freshSecrets } from '@/bin/support/secrets';
import { type AccountId, accountOfRow } from '@/lib/db/context';
import { type Database, openDatabase, UNHURRIED } from '@/lib/db/database';
import { auditLedger } from '@/lib/db/ledger/audit';

import { UnsoundLedger } from './unsound-ledger';

export type Stand = {
  processes: Processes;
  ports: Ports;
  folder: string;
  ownerUrl: string;
  appUrl: string;
  db: Database;
  /** New accounts, each with so many whole credits. */
  accounts: (count: number, credits: bigint) => Promise<AccountId[]>;
  asOwner: <Row extends object>(statement: string, values?: unknown[]) => Promise<Row[]>;
  consumed: () => Promise<bigint>;
  /** Throws unless the ledger is sound and holds what was acknowledged, and no more than was asked beside it. */
  prove: (charges: Charges) => Promise<void>;
};

/** A PostgreSQL as it runs in production (durable, `synchronous_commit` on), with the house's schema, for one measurement. */
export async function withStand<T>(work: (stand: Stand) => Promise<T>): Promise<T> {
  const folder = scratchFolder(postgresAccount(), 'bench');
  reaper.tell({ remove: folder });
  const processes = new Processes({
    logs: path.join(folder, 'logs'),
    onDeath: ({ message }) => console.error(message),
  });
  const ports = new Ports(() => undefined);
  let db: Database | undefined;
  try {
    const port = await ports.any();
    await ports.release(port);
    const secrets = freshSecrets();
    const cluster = await startCluster(processes, {
      data: path.join(folder, 'postgres'),
      elsewhere: folder,
      port,
      password: secrets.databaseOwner,
      durable: true,
    });
    const ownerUrl = await ensureDatabase(cluster, 'coffer');
    const appUrl = loginUrl(ownerUrl, { name: 'coffer_bench', password: secrets.databaseLogin });
    await migrate({ ownerUrl, appUrl });
    db = openDatabase(appUrl);
    return await work(standOn({ db, processes, ports, folder, ownerUrl, appUrl }));
  } finally {
    await db?.close();
    await processes.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    reaper.tell({ keep: folder });
  }
}

type Charges = {
  before: bigint;
  applied: number;
  /** Asked by a load generator that went before the answer came: applied or not. */
  unanswered?: number;
};

type Ground = Pick<Stand, 'db' | 'processes' | 'ports' | 'folder' | 'ownerUrl' | 'appUrl'>;

function standOn(ground: Ground): Stand {
  const { db, ownerUrl } = ground;
  const asOwner = <Row extends object>(statement: string, values: unknown[] = []) =>
    withClient(ownerUrl, async (client) => (await client.query<Row>(statement, values)).rows);
  const consumed = async () => {
    const [row] = await db.query<{ count: bigint }>(sql`SELECT count(*) FROM entries WHERE kind = 'consume'`);
    return row?.count ?? 0n;
  };
  const consumedInTheEnd = async (): Promise<bigint> => {
    const seen = await consumed();
    await sleep(500);
    return (await consumed()) === seen ? seen : consumedInTheEnd();
  };
  // A whole ledger is read for as long as that takes, which at these rates is longer than a page may.
  const audited = async () => {
    const patient = openDatabase(ground.appUrl, UNHURRIED);
    try {
      return await auditLedger(patient);
    } finally {
      await patient.close();
    }
  };
  return {
    ...ground,
    asOwner,
    consumed,
    accounts: async (count, credits) => {
      const rows = await asOwner<{ id: string }>(
        `SELECT ledger.open_account('bench ' || n, 'dubbing') AS id FROM generate_series(1, $1) AS n`,
        [count],
      );
      const ids = rows.map(({ id }) => id);
      await asOwner(`SELECT count(ledger.credit(id, $2, 'bonus', 'bench')) FROM unnest($1::bigint[]) AS id`, [
        ids,
        credits * 1_000_000n,
      ]);
      await asOwner('VACUUM ANALYZE');
      await asOwner('CHECKPOINT');
      return ids.map((id) => accountOfRow(BigInt(id)));
    },
    prove: async ({ before, applied, unanswered = 0 }) => {
      const written = (await (unanswered > 0 ? consumedInTheEnd() : consumed())) - before;
      if (written < BigInt(applied) || written > BigInt(applied + unanswered))
        throw new UnsoundLedger(`${applied} charges were acknowledged and ${written} are on the ledger`);
      const broken = await audited();
      if (broken.length > 0)
        throw new UnsoundLedger(
          `the audit found ${broken.length} faults, the first: ${broken[0]?.invariant}: ${broken[0]?.detail}`,
        );
    },
  };
}
