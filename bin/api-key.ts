import { randomUUID } from 'node:crypto';

import { makeApiKey } from '@/lib/db/api-keys';
import { findBuyer } from '@/lib/db/buyers';
import { accountOfRow } from '@/lib/db/context';
import { openDatabase } from '@/lib/db/database';

import { type ApiKeyWanted, apiKeyWanted, USAGE } from './support/api-key-wanted';
import { runCommand } from './support/command';
import { loadEnvFile } from './support/env-file';

/** Makes a key of the public API and prints it: the only time that anyone sees it. */
async function main(wanted: ApiKeyWanted): Promise<void> {
  loadEnvFile();
  const url = process.env['DATABASE_URL'];
  if (url === undefined) throw new Error('DATABASE_URL is missing: name the database');
  const db = openDatabase(url);
  try {
    const accountId = wanted.accountId === null ? null : accountOfRow(wanted.accountId);
    if (accountId !== null && !(await findBuyer(db, { accountId, userId: null })))
      throw new Error(`There is no account ${accountId}`);
    const { name, scopes } = wanted;
    const key = { id: randomUUID(), accountId, name, scopes, createdBy: null, expiresAt: null };
    console.log(await makeApiKey(db, key));
  } finally {
    await db.close();
  }
}

await runCommand({ usage: USAGE, wanted: apiKeyWanted, main });
