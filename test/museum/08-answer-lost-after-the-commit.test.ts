/**
 * Customers of elizaOS were refunded and charged twice: the first time was committed, its answer got lost on the way, and
 * the retry was a new movement (elizaOS PR 10930). Here a retry carries the reference of what it repeats.
 */
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { type Database, openDatabase } from '@/lib/db/database';
import { credit } from '@/lib/db/ledger';
import { charge, chargeBatch } from '@/lib/db/ledger/charge';
import { adjust, clawback, refund, restore } from '@/lib/db/ledger/correction';
import { hold, release, settle } from '@/lib/db/ledger/hold';
import { failOperation, finishOperation, startOperation } from '@/lib/db/ledger/operation';
import { credits } from '@/lib/domain/credits';
import { everyRow, gift, request, topUp } from '@/test/database/ledger-account';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { relayTo, type Relay } from '@/test/database/relay';

const ledger = await ledgerOfFile();
let relay: Relay;
let far: Database;
beforeAll(async () => {
  relay = await relayTo(ledger.urls.appUrl);
  far = openDatabase(relay.url);
});
afterAll(async () => {
  await far.close();
  await relay.close();
});

/** Asks over a line that breaks once PostgreSQL has done it, as often as it takes to get an answer. */
async function throughABrokenLine<T>(ask: (attempt: number) => Promise<T>): Promise<T> {
  await far.query(sql`SELECT 1`);
  const lost = relay.loseNextAnswer();
  await expect(ask(1)).rejects.toThrow(/Connection terminated/);
  await lost;
  return await ask(2);
}

/** An account with something for every verb to work on. */
async function stage() {
  const accountId = await ledger.newAccount();
  const topUpId = await topUp(ledger, accountId, 500n);
  await gift(ledger, accountId, 500n);
  await charge(ledger.db, request(accountId, 'paid', 100n));
  await charge(ledger.db, request(accountId, 'undone', 100n));
  for (const reference of ['settled', 'released'])
    await hold(ledger.db, { ...request(accountId, reference, 50n), seconds: 600 });
  for (const reference of ['finished', 'failed']) {
    const start = { by: 'charge' as const, amount: credits(10n) };
    await startOperation(ledger.db, { ...request(accountId, reference, 10n), start });
  }
  return { accountId, topUpId };
}

/** What an account's rows say, whoever wrote them last. */
const rowsOf = async ({ accountId }: Staged) =>
  (await everyRow(ledger, accountId)).replaceAll(/"xmin":"\d+"/g, '');

type Staged = { accountId: AccountId; topUpId: string };
const verbs: [name: string, ask: (db: Database, staged: Staged) => Promise<{ status: string }>][] = [
  [
    'a credit',
    (db, { accountId }) =>
      credit(db, { accountId, amount: credits(9n), kind: 'bonus', reference: 'welcome' }),
  ],
  ['a charge', (db, { accountId }) => charge(db, request(accountId, 'new', 9n))],
  [
    'a batch',
    async (db, { accountId }) =>
      (await chargeBatch(db, [request(accountId, 'new', 9n)]))[0] ?? { status: 'none' },
  ],
  ['a hold', (db, { accountId }) => hold(db, { ...request(accountId, 'new', 9n), seconds: 60 })],
  ['a settlement', (db, { accountId }) => settle(db, request(accountId, 'settled', 20n))],
  ['a release', (db, { accountId }) => release(db, { accountId, reference: 'released' })],
  [
    'a refund',
    (db, { accountId }) =>
      refund(db, { accountId, charge: 'paid', amount: credits(40n), reference: 'refund' }),
  ],
  ['a restoration', (db, { accountId }) => restore(db, { accountId, reference: 'undone' })],
  ['a claw-back', (db, staged) => clawback(db, { ...staged, amount: credits(40n), reference: 're_1' })],
  [
    'a correction',
    (db, { accountId }) =>
      adjust(db, { accountId, delta: credits(-9n), reference: 'a-1', reason: 'Counted twice' }),
  ],
  [
    'a start',
    (db, { accountId }) =>
      startOperation(db, {
        ...request(accountId, 'new', 9n),
        start: { by: 'charge', amount: credits(9n) },
      }),
  ],
  ['an end', (db, { accountId }) => finishOperation(db, request(accountId, 'finished', 10n))],
  ['a failure', (db, { accountId }) => failOperation(db, { accountId, reference: 'failed' })],
];

test.each(verbs)(
  '%s whose answer was lost is told again as it was, and nothing more is done',
  async (_, ask) => {
    const staged = await stage();
    let afterTheFirst = '';
    const answer = await throughABrokenLine(async (attempt) => {
      if (attempt === 2) afterTheFirst = await rowsOf(staged);
      return await ask(far, staged);
    });
    expect(answer.status).toBe('replayed');
    expect(await rowsOf(staged)).toBe(afterTheFirst);
  },
);

test('the scenario bites: a retry under a reference of its own charges twice', async () => {
  const { accountId } = await stage();
  const answer = await throughABrokenLine((attempt) =>
    charge(far, request(accountId, `attempt ${attempt}`, 9n)),
  );
  expect(answer.status).toBe('applied');
  expect(
    await ledger.asOwner(`SELECT delta FROM entries WHERE account_id = $1 AND reference LIKE 'attempt %'`, [
      accountId,
    ]),
  ).toEqual([{ delta: '-9' }, { delta: '-9' }]);
});

test('all of this left a sound ledger', async () => {
  expect(await ledger.audit()).toEqual([]);
});
