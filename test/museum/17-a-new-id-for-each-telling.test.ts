/**
 * Customers of Vexa were billed four times over, because the id of an event was made whenever it was told and not when it
 * happened, so that nobody could see that it was one (Vexa #330). Here an event's id is what it is about.
 */
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { charge } from '@/lib/db/ledger/charge';
import { expireAccount } from '@/lib/db/ledger/expiry';
import { finishOperation, startOperation } from '@/lib/db/ledger/operation';
import { atOnce } from '@/test/database/at-once';
import { inBrokenLedger, wordOf } from '@/test/database/broken-ledger';
import { gift, request } from '@/test/database/ledger-account';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';

let sound: LedgerFixture;
beforeAll(async () => {
  sound = await ledgerFixture();
});
afterAll(() => sound.close());

/** Work that has begun, on an account with so many credits left. */
async function running(ledger: LedgerFixture, left: bigint): Promise<AccountId> {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, left + 1n);
  await startOperation(ledger.db, { ...request(accountId, 'job', 0n), start: { by: 'gate' } });
  await charge(ledger.db, request(accountId, 'something else', 1n));
  return accountId;
}
const news = ({ asOwner }: LedgerFixture, accountId: AccountId) =>
  asOwner<{ topic: string; key: string }>('SELECT topic, key FROM outbox WHERE account_id = $1', [accountId]);
const ONCE = [{ topic: 'operation.ready', key: 'job' }];
const fourTimes = <T>(call: () => Promise<T>) => [call, call, call, call];

test('work that is finished four times at once is one event', async () => {
  const accountId = await running(sound, 100n);
  await atOnce(
    sound,
    accountId,
    fourTimes(() => finishOperation(sound.db, request(accountId, 'job', 10n))),
  );
  expect(await news(sound, accountId)).toEqual(ONCE);
});

test('work that four credits at once can pay is one event', async () => {
  const accountId = await running(sound, 0n);
  const finished = await finishOperation(sound.db, request(accountId, 'job', 10n));
  expect(finished.status).toBe('pending_payment');
  await atOnce(
    sound,
    accountId,
    fourTimes(() => gift(sound, accountId, 10n)),
  );
  expect(await news(sound, accountId)).toEqual(ONCE);
});

test('an event that was sent is the same event, and sent, whatever is told again', async () => {
  const accountId = await running(sound, 100n);
  await finishOperation(sound.db, request(accountId, 'job', 10n));
  const sent = await sound.db.query(
    sql`UPDATE outbox SET sent_at = now() WHERE account_id = ${accountId} RETURNING topic, key, created_at, sent_at`,
  );
  await finishOperation(sound.db, request(accountId, 'job', 10n));
  await expireAccount(sound.db, accountId);
  await gift(sound, accountId, 10n);
  expect(
    await sound.db.query(
      sql`SELECT topic, key, created_at, sent_at FROM outbox WHERE account_id = ${accountId}`,
    ),
  ).toEqual(sent);
});

test('the scenario bites: four tellings with ids of their own are four events', () =>
  inBrokenLedger(
    `CREATE FUNCTION broken.finish(p_account bigint, p_reference text, p_amount bigint) RETURNS text
     LANGUAGE plpgsql SECURITY DEFINER AS $$
     DECLARE
         v_status text;
     BEGIN
         SELECT status INTO v_status FROM ledger.finish_operation(p_account, p_reference, p_amount);
         DELETE FROM outbox WHERE account_id = p_account AND key = p_reference;
         INSERT INTO outbox (account_id, topic, key, created_at)
         VALUES (p_account, 'operation.ready', gen_random_uuid()::text, ledger.now());
         RETURN v_status;
     END $$`,
    async (broken) => {
      const accountId = await running(broken, 100n);
      await atOnce(
        broken,
        accountId,
        fourTimes(() => wordOf(broken.db, sql`SELECT broken.finish(${accountId}, 'job', 10)`)),
      );
      expect(await news(broken, accountId)).toHaveLength(4);
      expect(await broken.audit()).toContain('I24 what is settled is announced, and nothing else');
    },
  ));
