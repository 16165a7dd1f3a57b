import { pathToFileURL } from 'node:url';

import { migrate } from '@/lib/db/migrate';

import { loadEnvFile } from './support/env-file';

export { migrate };

/** `DATABASE_OWNER_URL` may change the schema; `DATABASE_URL` is whom web, meter and worker sign in as. */
async function main(): Promise<void> {
  loadEnvFile();
  const appUrl = process.env['DATABASE_URL'];
  const ownerUrl = process.env['DATABASE_OWNER_URL'] ?? appUrl;
  if (appUrl === undefined || ownerUrl === undefined)
    throw new Error('DATABASE_URL is missing: name the database');
  if (ownerUrl === appUrl) {
    console.warn(
      'DATABASE_OWNER_URL is missing: the app signs in as the owner, so privileges cannot hold it back.',
    );
  }

  const { migrations, functionsReplaced } = await migrate({ ownerUrl, appUrl });
  console.log(
    `${migrations.length} migrations applied, functions ${functionsReplaced ? 'replaced' : 'unchanged'}`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
