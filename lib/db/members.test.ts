import { describe, expect, test } from 'vitest';

import { withClient } from '@/bin/support/postgres';
import { joins, rolesOf } from '@/test/access/people';
import { waiting } from '@/test/database/at-once';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

const ledger = await ledgerOfFile();

const RESTRICTED = { code: '23001' };

/** Two owners of an account of their own. */
async function twoOwners() {
  const ada = await joins(ledger, await ledger.newAccount(), 'owner');
  const grace = await joins(ledger, ada.accountId, 'owner');
  return { accountId: ada.accountId, ada: ada.userId, grace: grace.userId };
}

describe('the database itself keeps an account its owner, whoever asks', () => {
  test.each([
    ['removing all members', 'DELETE FROM members WHERE account_id = $1'],
    ['removing the owners', `DELETE FROM members WHERE account_id = $1 AND role = 'owner'`],
    ['making all viewers', `UPDATE members SET role = 'viewer' WHERE account_id = $1`],
  ])('%s is refused whole', async (_, statement) => {
    const { accountId } = await twoOwners();
    await joins(ledger, accountId, 'viewer');
    for (const url of [ledger.urls.ownerUrl, ledger.urls.appUrl]) {
      const attempt = withClient(url, (client) => client.query(statement, [accountId]));
      await expect(attempt).rejects.toMatchObject(RESTRICTED);
    }
    expect((await rolesOf(ledger, accountId)).size).toBe(3);
  });

  test('one of two may go, and the one who stays may not', async () => {
    const { accountId, ada, grace } = await twoOwners();
    const remove = (userId: string) =>
      ledger.asOwner('DELETE FROM members WHERE account_id = $1 AND user_id = $2', [accountId, userId]);
    await remove(ada);
    await expect(remove(grace)).rejects.toMatchObject(RESTRICTED);
  });

  test('of two transactions that each leave the other’s owner, the second is refused', async () => {
    const { accountId, ada, grace } = await twoOwners();
    const statement = `UPDATE members SET role = 'viewer' WHERE account_id = $1 AND user_id = $2`;
    await withClient(ledger.urls.appUrl, async (first) => {
      await first.query('BEGIN');
      await first.query(statement, [accountId, ada]);
      const second = ledger.asOwner(statement, [accountId, grace]).then(
        () => 'done',
        (error: { code: string }) => error.code,
      );
      await expect.poll(() => waiting(ledger)).toBe(1);
      await first.query('COMMIT');
      expect(await second).toBe(RESTRICTED.code);
    });
  });

  test('the app changes the role of a member, and not who or where it is', async () => {
    const { accountId, ada } = await twoOwners();
    const other = await ledger.newAccount();
    const move = withClient(ledger.urls.appUrl, (client) =>
      client.query('UPDATE members SET account_id = $3 WHERE account_id = $1 AND user_id = $2', [
        accountId,
        ada,
        other,
      ]),
    );
    await expect(move).rejects.toMatchObject({ code: '42501' });
  });
});
