import sql from 'sql-template-tag';

import { openDatabase, UNHURRIED } from '@/lib/db/database';
import { auditLedger } from '@/lib/db/ledger/audit';

/** Checks every invariant that SQL can see. Exit 0: sound. Exit 1: the broken ones are printed, a line each. */
async function main(): Promise<number> {
  const url = process.env['DATABASE_URL'];
  if (url === undefined) throw new Error('DATABASE_URL is missing: name the database');
  const db = openDatabase(url, UNHURRIED);
  try {
    const broken = await auditLedger(db);
    for (const { invariant, accountId, detail } of broken) {
      console.log(`${invariant} · account ${accountId ?? 'any'} · ${detail}`);
    }
    const [size] = await db.query<{ accounts: bigint; entries: bigint }>(
      sql`SELECT (SELECT count(*) FROM balances) AS accounts, (SELECT count(*) FROM entries) AS entries`,
    );
    console.log(
      broken.length === 0
        ? `The ledger is sound: ${size?.accounts} accounts, ${size?.entries} entries.`
        : `The ledger is broken in ${broken.length} places.`,
    );
    return broken.length === 0 ? 0 : 1;
  } finally {
    await db.close();
  }
}

process.exitCode = await main();
