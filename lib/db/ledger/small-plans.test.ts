import sql from 'sql-template-tag';
import { describe, expect, test } from 'vitest';

import { credits } from '@/lib/domain/credits';
import { gift, request, topUp } from '@/test/database/ledger-account';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';

import type { AccountId } from '../context';
import { inTransaction, type Tx } from '../database';
import { credit } from '../ledger';
import { charge, chargeBatch } from './charge';
import { adjust, clawback, refund, restore } from './correction';
import { hold, settle } from './hold';
import { failOperation, finishOperation, startOperation } from './operation';

const EARLIER_CHARGES = 2_000;
/** The server plans a statement anew five times before it keeps a plan for good. */
const TIMES = 8;

const write = (text: string) => (ledger: LedgerFixture) => ledger.asOwner(text);
/** What the planner was told of the ledger before it grew: each was the truth once, and a connection keeps its plans. */
const TOLD = [
  { told: 'nothing', tell: async () => undefined },
  // Then PostgreSQL's own question for a foreign key takes one index for as good as another: those are asked seldom.
  {
    told: 'that it is empty',
    tell: write(
      `ANALYZE;
       ALTER TABLE grants DROP CONSTRAINT grants_opened_by_entry;
       ALTER TABLE allocations DROP CONSTRAINT allocations_account_id_seq_fkey`,
    ),
  },
  {
    told: 'that an account has one entry',
    tell: async (ledger: LedgerFixture) => {
      await ledger.asOwner(
        `SELECT ledger.credit(ledger.open_account('Acme', 'dubbing'), 5, 'bonus', 'welcome') FROM generate_series(1, 2000)`,
      );
      await ledger.asOwner('ANALYZE');
    },
  },
];

type Verb = (tx: Tx, on: { accountId: AccountId; topUpId: string }, time: number) => Promise<unknown>;
const details = { calculation: { formula: '1 × 1' } };
const asked = (accountId: AccountId, reference: string, amount = 1n) => ({
  ...request(accountId, reference, amount),
  ...details,
});
const eight = (accountId: AccountId, name: string) =>
  Array.from({ length: 8 }, (_, index) => asked(accountId, `${name} ${index}`));

const VERBS: Record<string, Verb> = {
  'a charge': (tx, { accountId }, time) => charge(tx, asked(accountId, `new ${time}`)),
  'a charge again': (tx, { accountId }) => charge(tx, asked(accountId, 'new 0')),
  'a charge that cannot be paid': (tx, { accountId }, time) =>
    charge(tx, asked(accountId, `too much ${time}`, 1_000_000n)),
  'a batch': (tx, { accountId }, time) => chargeBatch(tx, eight(accountId, `batch ${time}`)),
  'a batch again': (tx, { accountId }) => chargeBatch(tx, eight(accountId, 'batch 0')),
  'a credit': (tx, { accountId }, time) =>
    credit(tx, { accountId, amount: credits(1n), kind: 'bonus', reference: `gift ${time}` }),
  'a credit that pays for what waited': async (tx, { accountId }, time) => {
    await startOperation(tx, { ...asked(accountId, `waits ${time}`), start: { by: 'gate' } });
    await finishOperation(tx, { ...asked(accountId, `waits ${time}`, 100_000n) });
    await credit(tx, { accountId, amount: credits(100_000n), kind: 'bonus', reference: `pays ${time}` });
  },
  'a hold': (tx, { accountId }, time) => hold(tx, { ...asked(accountId, `held ${time}`), seconds: 60 }),
  'what was held': (tx, { accountId }, time) => settle(tx, asked(accountId, `held ${time}`)),
  'an operation': async (tx, { accountId }, time) => {
    await startOperation(tx, { ...asked(accountId, `work ${time}`), start: { by: 'gate' } });
    await finishOperation(tx, asked(accountId, `work ${time}`));
  },
  'an operation that failed': async (tx, { accountId }, time) => {
    const start = { by: 'charge', amount: credits(1n) } as const;
    await startOperation(tx, { ...asked(accountId, `lost ${time}`), start });
    await failOperation(tx, { accountId, reference: `lost ${time}` });
  },
  'a restoration': (tx, { accountId }, time) => restore(tx, { accountId, reference: `new ${time}` }),
  'a refund': (tx, { accountId }, time) =>
    refund(tx, { ...asked(accountId, `refund ${time}`), charge: `batch 0 ${time}` }),
  'a correction': (tx, { accountId }, time) =>
    adjust(tx, { accountId, delta: credits(-1n), reference: `slip ${time}`, reason: 'Counted twice' }),
  'a claw-back': (tx, { accountId, topUpId }, time) =>
    clawback(tx, { ...asked(accountId, `returned ${time}`), topUpId }),
};

/** How many entries this connection has read. */
async function readSoFar(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ read: number }>(sql`
    SELECT (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int AS read
      FROM pg_stat_xact_user_tables WHERE relname = 'entries'`);
  return row?.read ?? 0;
}

async function readBy(ledger: LedgerFixture, on: { accountId: AccountId; topUpId: string }) {
  const reads: Record<string, number> = {};
  for (const [name, verb] of Object.entries(VERBS)) {
    reads[name] = await inTransaction(ledger.db, async (tx) => {
      const before = await readSoFar(tx);
      for (let time = 0; time < TIMES; time++) await verb(tx, on, time);
      return (await readSoFar(tx)) - before;
    });
  }
  return reads;
}

describe('a verb reads as many entries of a busy account as of a quiet one, when the planner was told', () => {
  test.each(TOLD)('$told', async ({ tell }) => {
    const ledger = await ledgerFixture();
    try {
      await tell(ledger);
      const account = async () => {
        const accountId = await ledger.newAccount();
        await gift(ledger, accountId, 10_000n);
        return { accountId, topUpId: await topUp(ledger, accountId, 100n) };
      };
      const quiet = await account();
      const ofQuiet = await readBy(ledger, quiet);
      const busy = await account();
      await chargeBatch(
        ledger.db,
        Array.from({ length: EARLIER_CHARGES }, (_, index) => asked(busy.accountId, `earlier ${index}`)),
      );
      expect(await readBy(ledger, busy)).toEqual(ofQuiet);
      expect(await ledger.audit()).toEqual([]);
    } finally {
      await ledger.close();
    }
  });
});
