import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import { inTransaction } from '@/lib/db/database';
import { charge } from '@/lib/db/ledger/charge';
import { hold } from '@/lib/db/ledger/hold';
import { enqueue } from '@/lib/db/queue';
import { writeNote } from '@/lib/services/write-note';
import { gift, request, topUp } from '@/test/database/ledger-account';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { staffIn } from '@/test/staff/staff';

import { readNotes } from './account-notes';
import { readStaffAccount } from './staff-account';

const ledger = await ledgerOfFile();

test('what is left of a grant is what can be spent, also of the one that is spent from now', async () => {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 100n, new Date(Date.now() + 86_400_000));
  await gift(ledger, accountId, 50n);
  await charge(ledger.db, request(accountId, 'work', 30n));
  const { grants } = await readStaffAccount({ db: ledger.db, accountId });
  expect(grants.map(({ seq, amount, remaining }) => [seq, amount, remaining])).toEqual([
    [1n, 100n, 70n],
    [2n, 50n, 50n],
  ]);
});

test('holds, purchases, jobs and members are this account’s and no other’s', async () => {
  const [accountId, other] = [await ledger.newAccount(), await ledger.newAccount()];
  for (const one of [accountId, other]) {
    const topUpId = await topUp(ledger, one, 100n);
    await hold(ledger.db, { ...request(one, `hold of ${one}`, 5n), seconds: 600 });
    const job = { name: 'send-receipt', accountId: `${one}`, topUpId } as const;
    await inTransaction(ledger.db, (tx) => enqueue(tx, job, { key: topUpId }));
    await ledger.asOwner(
      `WITH someone AS (INSERT INTO users (email) VALUES ($1) RETURNING id)
       INSERT INTO members (account_id, user_id, role) SELECT $2, id, 'owner' FROM someone`,
      [`owner-of-${one}@example.com`, one],
    );
  }
  const seen = await readStaffAccount({ db: ledger.db, accountId });
  expect(seen.holds.map(({ reference }) => reference)).toEqual([`hold of ${accountId}`]);
  expect(seen.payments).toMatchObject([{ status: 'credited', credits: 100n, back: [] }]);
  expect(seen.jobs).toMatchObject([{ name: 'send-receipt', attempts: 0, lastError: null }]);
  expect(seen.members).toMatchObject([{ email: `owner-of-${accountId}@example.com`, lastSeenAt: null }]);
});

test('a note sent twice is one note, and its writing one line of the log', async () => {
  const joan = { ...(await staffIn(ledger, 'support')), accountId: await ledger.newAccount() };
  const note = { id: randomUUID(), text: 'Rang at nine' };
  await Promise.all([writeNote(joan, note), writeNote(joan, note)]);
  expect(await readNotes(joan)).toMatchObject([{ email: joan.staff.email, text: 'Rang at nine' }]);
  const lines = await ledger.asOwner('SELECT action FROM audit_log WHERE object = $1', [note.id]);
  expect(lines).toEqual([{ action: 'write-note' }]);
});

test.each(['UPDATE account_notes SET text = text', 'DELETE FROM account_notes'])(
  'the web role is refused %s',
  async (attack) => {
    await expect(ledger.db.pool.query(attack)).rejects.toThrow('permission denied');
  },
);
