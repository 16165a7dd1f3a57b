import { withClient } from '@/bin/support/postgres';

import type { TestDatabase } from './test-database';

/**
 * Puts one row in place of the clock of a test's own database; `app` may set it. A connection that sets `coffer.now` has
 * a time of its own.
 */
export async function stopClock({ ownerUrl }: TestDatabase, at: Date): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await client.query(`
      CREATE TABLE clock (now timestamptz NOT NULL) WITH (fillfactor = 10);
      GRANT SELECT, UPDATE ON clock TO coffer_app, coffer_account;
      CREATE OR REPLACE FUNCTION ledger.now() RETURNS timestamptz LANGUAGE sql VOLATILE AS
        $$ SELECT coalesce(nullif(current_setting('coffer.now', true), '')::timestamptz, (SELECT now FROM public.clock)) $$`);
    await client.query('INSERT INTO clock VALUES ($1)', [at]);
  });
}
