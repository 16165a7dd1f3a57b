import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import { inTransaction } from '@/lib/db/database';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import { enqueue, enqueueDue, keyOfTopUp } from './queue';

const ledger = await ledgerOfFile();
const waiting = () =>
  ledger.asOwner<{ name: string; priority: number }>(
    'SELECT task_identifier AS name, priority FROM graphile_worker.jobs ORDER BY priority, id',
  );

test('what a sweep finds waits for everything else, though it was queued before', async () => {
  await enqueueDue(ledger.db, [
    { name: 'reconcile-top-up', accountId: '1', topUpId: randomUUID(), key: 'a' },
    { name: 'audit-account', accountId: '1', key: 'b' },
    { name: 'handle-stripe-event', eventId: 'evt_1', key: 'c' },
  ]);
  await inTransaction(ledger.db, (tx) =>
    enqueue(tx, { name: 'send-receipt', accountId: '1', topUpId: randomUUID() }, { key: 'd' }),
  );
  expect((await waiting()).map(({ name }) => name)).toEqual([
    'handle-stripe-event',
    'send-receipt',
    'audit-account',
    'reconcile-top-up',
  ]);
});

test('two accounts whose browsers made the same id have work of their own', async () => {
  const [one, other] = [await ledger.newAccount(), await ledger.newAccount()];
  const id = randomUUID();
  for (const accountId of [one, other])
    await inTransaction(ledger.db, (tx) =>
      enqueue(
        tx,
        { name: 'send-receipt', accountId: `${accountId}`, topUpId: id },
        { key: keyOfTopUp({ accountId, id }) },
      ),
    );
  const rows = await ledger.asOwner('SELECT 1 FROM graphile_worker.jobs WHERE key LIKE $1', [`%${id}`]);
  expect(rows).toHaveLength(2);
});
