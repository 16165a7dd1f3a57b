import { beforeAll, describe, expect, test } from 'vitest';

import { everyRow, gift, request, topUp } from '@/test/database/ledger-account';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import type { AccountId } from '../context';
import { hold } from './hold';
import { startOperation } from './operation';

const ledger = await ledgerOfFile();
let accountId: AccountId;
let purchase: string;
beforeAll(async () => {
  accountId = await ledger.newAccount();
  purchase = await topUp(ledger, accountId, 100n);
  await gift(ledger, accountId, 50n);
  await hold(ledger.db, { ...request(accountId, 'held', 5n), seconds: 600 });
  await startOperation(ledger.db, { ...request(accountId, 'work', 0n), start: { by: 'gate' } });
});

const HASH = `sha256('x')`;
type Slots = { account: string; amount: string; reference: string };
/** Every verb of the ledger that the app may call and that moves something, with the places where something wrong may stand. */
const VERBS: Readonly<Record<string, (slots: Slots) => string>> = {
  credit: ({ account, amount, reference }) => `ledger.credit(${account}, ${amount}, 'bonus', ${reference})`,
  charge: ({ account, amount, reference }) => `ledger.charge(${account}, ${amount}, ${reference}, ${HASH})`,
  hold: ({ account, amount, reference }) =>
    `ledger.hold(${account}, ${amount}, ${reference}, ${HASH}, interval '1 hour')`,
  start_operation: ({ account, amount, reference }) =>
    `ledger.start_operation(${account}, ${reference}, ${HASH}, 'charge', ${amount})`,
  refund: ({ account, amount, reference }) => `ledger.refund(${account}, 'spans', ${amount}, ${reference})`,
  clawback: ({ account, amount, reference }) =>
    `ledger.clawback(${account}, ${amount}, ${reference}, '${purchase}')`,
  adjust: ({ account, amount, reference }) =>
    `ledger.adjust(${account}, ${amount === '-1' ? '0' : amount}, ${reference}, 'A reason')`,
};
const AMOUNTS = [
  '0',
  '-1',
  'NULL',
  '-9223372036854775808',
  '9223372036854775808',
  `'1e3'`,
  `'NaN'`,
  '0.4::bigint',
];
const REFERENCES = [`''`, `repeat('x', 201)`, 'NULL'];
const ACCOUNTS = ['NULL', '0', '-1', '999999999', `'1 OR 1=1'`];

/** A verb answers what is wrong rather than raise, so that one wrong charge of a batch stops no other. */
async function told(call: string): Promise<string> {
  const sent = ledger.db.pool.query<{ status: string }>(`SELECT status FROM ${call}`);
  return sent.then(
    ({ rows }) => rows[0]?.status ?? 'nothing',
    () => 'raised',
  );
}

describe.each(Object.entries(VERBS))('ledger.%s', (_, call) => {
  const good = (): Slots => ({ account: `${accountId}`, amount: '1', reference: `'a reference'` });
  const attacks = [
    ...AMOUNTS.map((amount) => ({ amount })),
    ...REFERENCES.map((reference) => ({ reference })),
    ...ACCOUNTS.map((account) => ({ account })),
  ];

  test.each(attacks)('takes no %o, and nothing changes', async (wrong) => {
    const before = await everyRow(ledger, accountId);
    expect(await told(call({ ...good(), ...wrong }))).toMatch(/^(raised|invalid|no_account|no_entry)$/);
    expect(await everyRow(ledger, accountId)).toBe(before);
  });
});
