import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { gift, request } from '@/test/database/ledger-account';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';

import { inTransaction } from '../database';
import { charge, chargeBatch } from './charge';

let ledger: LedgerFixture;
beforeAll(async () => {
  ledger = await ledgerFixture();
});
afterAll(() => ledger.close());

/** Whether they were met in this transaction: a connection keeps its plans when the ledger has long outgrown them. */
const SCANNED = sql`
  SELECT coalesce(sum(seq_scan), 0) AS scans FROM pg_stat_xact_user_tables WHERE relname = 'entries'`;

test('a plan made while the ledger was small does not read all of it', async () => {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 1_000n);
  await ledger.asOwner('ANALYZE');
  const asked = (reference: string, amount = 1n) => ({
    ...request(accountId, reference, amount),
    calculation: { formula: '1 × 1' },
  });
  const many = Array.from({ length: 8 }, (_, index) => asked(`job ${index}`));

  const scans = await inTransaction(ledger.db, async (tx) => {
    for (let again = 0; again < 8; again++) {
      await charge(tx, asked('one'));
      await charge(tx, asked(`new ${again}`));
      await charge(tx, asked(`too much ${again}`, 1_000_000n));
      await chargeBatch(tx, many);
      await chargeBatch(
        tx,
        many.map(({ reference }) => asked(`${reference} ${again}`)),
      );
    }
    return await tx.query(SCANNED);
  });
  expect(scans).toEqual([{ scans: '0' }]);
});
