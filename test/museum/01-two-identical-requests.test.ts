/**
 * A customer's request to top up reached Lago twice and both were applied, for nothing in them said that they were one
 * (Lago #5870). Here no verb that moves credits can be asked without a reference, and one reference is one movement.
 */
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { credit } from '@/lib/db/ledger';
import { charge } from '@/lib/db/ledger/charge';
import { adjust, refund } from '@/lib/db/ledger/correction';
import { hold } from '@/lib/db/ledger/hold';
import { startOperation } from '@/lib/db/ledger/operation';
import { credits } from '@/lib/domain/credits';
import { atOnce } from '@/test/database/at-once';
import { inBrokenLedger, wordOf } from '@/test/database/broken-ledger';
import { everyRow, gift, leftOf, request } from '@/test/database/ledger-account';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

const ledger = await ledgerOfFile();

test('the same request twice at once is one movement', async () => {
  const accountId = await ledger.newAccount();
  const ask = () =>
    credit(ledger.db, { accountId, amount: credits(50n), kind: 'bonus', reference: 'one purchase' });
  const outcomes = await atOnce(ledger, accountId, [ask, ask]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['applied', 'replayed']);
  expect(await leftOf(ledger, accountId)).toEqual([50]);
});

type Ask = (accountId: AccountId, reference: string) => Promise<unknown>;
const verbs: [name: string, ask: Ask][] = [
  [
    'credit',
    (accountId, reference) => credit(ledger.db, { accountId, amount: credits(5n), kind: 'bonus', reference }),
  ],
  ['charge', (accountId, reference) => charge(ledger.db, request(accountId, reference, 5n))],
  ['hold', (accountId, reference) => hold(ledger.db, { ...request(accountId, reference, 5n), seconds: 60 })],
  [
    'start_operation',
    (accountId, reference) =>
      startOperation(ledger.db, { ...request(accountId, reference, 5n), start: { by: 'gate' } }),
  ],
  [
    'adjust',
    (accountId, reference) =>
      adjust(ledger.db, { accountId, delta: credits(5n), reference, reason: 'Counted twice' }),
  ],
  [
    'refund',
    (accountId, reference) =>
      refund(ledger.db, { accountId, charge: 'paid', amount: credits(1n), reference }),
  ],
];

test.each(verbs)('%s is refused without a reference', async (_, ask) => {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 100n);
  await charge(ledger.db, request(accountId, 'paid', 10n));
  const before = await everyRow(ledger, accountId);
  for (const none of ['', null as unknown as string]) {
    await expect(ask(accountId, none)).rejects.toThrow(/invalid|no entry can be|null value/);
  }
  expect(await everyRow(ledger, accountId)).toBe(before);
});

test('the scenario bites: a verb that names each request itself applies both', () =>
  inBrokenLedger(
    `CREATE FUNCTION broken.credit(p_account bigint, p_amount bigint) RETURNS text
     LANGUAGE sql SECURITY DEFINER AS $$
       SELECT status FROM ledger.credit(p_account, p_amount, 'bonus', gen_random_uuid()::text)
     $$`,
    async (broken) => {
      const accountId = await broken.newAccount();
      const ask = () => wordOf(broken.db, sql`SELECT broken.credit(${accountId}, 50)`);
      expect(await atOnce(broken, accountId, [ask, ask])).toEqual(['applied', 'applied']);
      expect(await leftOf(broken, accountId)).toEqual([50, 50]);
    },
  ));
