import { PrismaPg } from '@prisma/adapter-pg';
import { type CustomTypesConfig, Pool, type PoolClient, types as parsers } from 'pg';
import type { Sql } from 'sql-template-tag';

import { env } from '@/lib/env';
import { log } from '@/lib/log';

import { PrismaClient } from './generated/client';

const INT8 = 20;
// Two pools share the server with every other process: enough for two cores, far from its limit of 100.
const MOST_CONNECTIONS = 10;

// Nobody waits longer for a page; a statement that does has gone wrong.
const PATIENCE = {
  connectionTimeoutMillis: 5_000,
  statement_timeout: 10_000,
  query_timeout: 12_000,
  idle_in_transaction_session_timeout: 30_000,
};

/** For reading a whole ledger, which may take as long as it takes. */
export const UNHURRIED: Patience = { connectionTimeoutMillis: PATIENCE.connectionTimeoutMillis };
type Patience = Partial<typeof PATIENCE>;

/** Something that runs SQL: the pool, or a transaction on one of its connections. */
export type Queryable = {
  /** Under a name, the server plans the statement once for each connection. */
  query<Row>(statement: Sql, name?: string): Promise<Row[]>;
};
export type Tx = Queryable & { readonly inside: 'transaction' };

/** Prisma for plain reading and keeping; `query` for the ledger and for whatever needs a lock. */
export type Database = Queryable & {
  prisma: PrismaClient;
  pool: Pool;
  /** What every transaction begins with, after its BEGIN and in the same message: as whom it acts. */
  actsAs: string;
  close(): Promise<void>;
};

/** int8 columns arrive as bigint, whichever connection reads them. */
const types: CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === INT8
      ? (text: string) => BigInt(text)
      : (parsers.getTypeParser(oid, format) as (text: string) => unknown),
};

const queryableOf = (client: Pick<Pool, 'query'>): Queryable => ({
  query: async <Row>({ text, values }: Sql, name?: string) =>
    (await client.query({ text, values, ...(name === undefined ? {} : { name }) })).rows as Row[],
});

export function openDatabase(url: string, patience: Patience = PATIENCE): Database {
  const pool = new Pool({ connectionString: url, max: MOST_CONNECTIONS, types, ...patience });
  // A connection that breaks while it is in use fails its query; without a listener it would end the process too.
  pool.on('connect', (client) =>
    client.on('error', (error) => log.warn({ err: error }, 'database connection lost')),
  );
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'idle database connection lost'));
  const prisma = new PrismaClient({
    adapter: new PrismaPg({ connectionString: url, max: MOST_CONNECTIONS, ...patience }),
  });

  return {
    ...queryableOf(pool),
    pool,
    prisma,
    actsAs: '',
    async close() {
      await Promise.all([prisma.$disconnect(), pool.end()]);
    },
  };
}

let opened: Database | undefined;

/** The process's database, opened when first asked for. */
export const database = (): Database => (opened ??= openDatabase(env().DATABASE_URL));

type Transacting = Pick<Database, 'pool' | 'actsAs'>;

/** One transaction on one connection: all of `work` or none of it. */
export const inTransaction = <T>(db: Transacting, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transaction(db, 'BEGIN', (tx) => work({ ...tx, inside: 'transaction' }));

const SNAPSHOT = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/** Reads that all see the database as it is at the first of them. */
export const inSnapshot = <T>(db: Transacting, read: (db: Queryable) => Promise<T>) =>
  transaction(db, SNAPSHOT, read);

/** The same, value by value; the snapshot ends with the loop that takes them. */
export async function* fromSnapshot<T>(
  { pool, actsAs }: Transacting,
  read: (db: Queryable) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  const client = await pool.connect();
  try {
    await client.query(`${SNAPSHOT}${actsAs}`);
    yield* read(queryableOf(client));
  } finally {
    await undo(client);
  }
}

async function transaction<T>(
  { pool, actsAs }: Transacting,
  begin: string,
  work: (db: Queryable) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query(`${begin}${actsAs}`);
    const result = await work(queryableOf(client));
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    await undo(client);
    throw error;
  }
}

/** A connection whose rollback fails is in no known state, so it is thrown away. */
async function undo(client: PoolClient): Promise<void> {
  const broken = await client.query('ROLLBACK').then(
    () => undefined,
    (failure: unknown) => (failure instanceof Error ? failure : new Error('rollback failed')),
  );
  client.release(broken);
}
