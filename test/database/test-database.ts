import { randomBytes } from 'node:crypto';

import { escapeIdentifier } from 'pg';
import { inject } from 'vitest';

import { loginUrl, withClient } from '@/bin/support/postgres';

import { inDatabase } from './database-url';

export type TestDatabase = {
  /** The superuser's address, for what a test must see or break. */
  ownerUrl: string;
  /** The app's address, with the app's privileges. */
  appUrl: string;
  drop: () => Promise<void>;
};

/** A migrated, empty database of the caller's own: one a test file is usual. */
export async function testDatabase(): Promise<TestDatabase> {
  const { ownerUrl: serverUrl, login, template } = inject('postgres');
  const name = `coffer_${randomBytes(6).toString('hex')}`;
  await withClient(serverUrl, (client) =>
    client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)}`),
  );
  const ownerUrl = inDatabase(serverUrl, name);
  return {
    ownerUrl,
    appUrl: loginUrl(ownerUrl, login),
    drop: async () => {
      await withClient(serverUrl, (client) =>
        client.query(`DROP DATABASE ${escapeIdentifier(name)} WITH (FORCE)`),
      );
    },
  };
}
