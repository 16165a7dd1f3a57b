import { afterAll } from 'vitest';

import { withClient } from '@/bin/support/postgres';
import type { AccountId } from '@/lib/db/context';
import { type Database, openDatabase } from '@/lib/db/database';
import { openAccount } from '@/lib/db/ledger';

import { type TestDatabase, testDatabase } from './test-database';

type Query = <Row extends object>(statement: string, values?: unknown[]) => Promise<Row[]>;

export type LedgerFixture = {
  db: Database;
  urls: TestDatabase;
  newAccount: () => Promise<AccountId>;
  /** Statements as the owner of everything: for looking where the app may not, and for breaking what it cannot. */
  asOwner: Query;
  /** The same in one transaction that leaves nothing behind. */
  rolledBack: <T>(work: (query: Query) => Promise<T>) => Promise<T>;
  /** The audit's complaints, one line each; none when the ledger is sound. */
  audit: () => Promise<string[]>;
  close: () => Promise<void>;
};

/** A migrated database of the test's own, seen as the app sees it. */
export async function ledgerFixture(): Promise<LedgerFixture> {
  const urls = await testDatabase();
  const db = openDatabase(urls.appUrl);
  const asOwner = <Row extends object>(statement: string, values: unknown[] = []) =>
    withClient(urls.ownerUrl, async (client) => (await client.query<Row>(statement, values)).rows);
  return {
    db,
    urls,
    newAccount: () => openAccount(db, { name: 'Acme', priceBook: 'dubbing' }),
    asOwner,
    rolledBack: (work) =>
      withClient(urls.ownerUrl, async (client) => {
        await client.query('BEGIN');
        try {
          return await work(
            async <Row extends object>(statement: string, values: unknown[] = []) =>
              (await client.query<Row>(statement, values)).rows,
          );
        } finally {
          await client.query('ROLLBACK');
        }
      }),
    audit: async () => {
      const rows = await asOwner<{ invariant: string; account_id: string }>('SELECT * FROM ledger.audit()');
      return rows.map(({ invariant }) => invariant);
    },
    close: async () => {
      await db.close();
      await urls.drop();
    },
  };
}

/** The same for all tests of a file, closed when the last of them has ended. */
export async function ledgerOfFile(): Promise<LedgerFixture> {
  const ledger = await ledgerFixture();
  afterAll(ledger.close);
  return ledger;
}
