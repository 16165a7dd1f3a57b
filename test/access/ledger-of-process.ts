import { afterAll } from 'vitest';

import { database } from '@/lib/db/database';
import { ledgerOfFile, type LedgerFixture } from '@/test/database/ledger-fixtures';
import { setEnvironment } from '@/test/environment';

/** A database for all tests of a file, which is the process's own too: for rooms that open it themselves. */
export async function ledgerOfProcess(): Promise<LedgerFixture> {
  const ledger = await ledgerOfFile();
  setEnvironment({ DATABASE_URL: ledger.urls.appUrl });
  afterAll(() => database().close());
  return ledger;
}
