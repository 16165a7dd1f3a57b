/**
 * A balance of Blnk's lost what was added to it, because whoever took from it locked it and whoever added did not (Blnk
 * #238). Here every verb that writes locks the account's row first, whichever way it moves credits.
 */
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { inTransaction } from '@/lib/db/database';
import { credit } from '@/lib/db/ledger';
import { resetAllowance } from '@/lib/db/ledger/allowance';
import { claimAutoTopUp } from '@/lib/db/ledger/auto-top-up';
import { charge, chargeBatch } from '@/lib/db/ledger/charge';
import { adjust, clawback, refund, restore, setCreditFloor } from '@/lib/db/ledger/correction';
import { expireAccount } from '@/lib/db/ledger/expiry';
import { hold, release, settle } from '@/lib/db/ledger/hold';
import { failOperation, finishOperation, startOperation } from '@/lib/db/ledger/operation';
import { closeSession, startSession } from '@/lib/db/ledger/session';
import { allowancePeriodOf } from '@/lib/domain/allowance-period';
import { credits } from '@/lib/domain/credits';
import { atOnce, waiting } from '@/test/database/at-once';
import { accountWithRule, wantedClaim } from '@/test/database/auto-top-up';
import { inBrokenLedger, wordOf, UNLOCKED_CREDIT } from '@/test/database/broken-ledger';
import { gift, request, topUp } from '@/test/database/ledger-account';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

const ledger = await ledgerOfFile();

/** An account with something for every verb to work on, and all of them. */
async function everyVerb() {
  const { db } = ledger;
  const accountId = await accountWithRule(ledger);
  const topUpId = await topUp(ledger, accountId, 500n);
  await gift(ledger, accountId, 500n);
  for (const reference of ['paid', 'undone']) await charge(db, request(accountId, reference, 100n));
  for (const reference of ['settled', 'released'])
    await hold(db, { ...request(accountId, reference, 50n), seconds: 600 });
  for (const reference of ['finished', 'failed'])
    await startOperation(db, { ...request(accountId, reference, 0n), start: { by: 'gate' } });

  await startSession(db, { ...request(accountId, 'watched', 0n), closesAfterMilliseconds: 600_000n });
  const period = allowancePeriodOf(new Date(), new Date());
  const reason = 'Counted twice';
  const calls: (() => Promise<unknown>)[] = [
    () => credit(db, { accountId, amount: credits(7n), kind: 'bonus', reference: 'welcome' }),
    () => charge(db, request(accountId, 'charged', 11n)),
    () => chargeBatch(db, [request(accountId, 'in a batch', 13n), request(accountId, 'and another', 17n)]),
    () => hold(db, { ...request(accountId, 'held', 19n), seconds: 600 }),
    () => settle(db, request(accountId, 'settled', 23n)),
    () => release(db, { accountId, reference: 'released' }),
    () => refund(db, { accountId, charge: 'paid', amount: credits(29n), reference: 'refund' }),
    () => restore(db, { accountId, reference: 'undone' }),
    () => clawback(db, { accountId, topUpId, amount: credits(31n), reference: 're_1' }),
    () => adjust(db, { accountId, delta: credits(-37n), reference: 'a-1', reason }),
    () =>
      startOperation(db, {
        ...request(accountId, 'started', 41n),
        start: { by: 'charge', amount: credits(41n) },
      }),
    () => finishOperation(db, request(accountId, 'finished', 43n)),
    () => failOperation(db, { accountId, reference: 'failed' }),
    () => startSession(db, { ...request(accountId, 'begun', 0n), closesAfterMilliseconds: 600_000n }),
    () => closeSession(db, { accountId, reference: 'watched', by: 'terminated' }),
    () => resetAllowance(db, { accountId, amount: credits(47n), period }),
    () => claimAutoTopUp(db, wantedClaim(accountId)),
    () => expireAccount(db, accountId),
    () => setCreditFloor(db, { accountId, floor: credits(-5n) }),
  ];
  return { accountId, calls };
}

test('every verb waits for the account while somebody else has it', async () => {
  const { accountId, calls } = await everyVerb();
  // atOnce fails where a call does not wait.
  for (const call of calls) await expect(atOnce(ledger, accountId, [call])).resolves.toHaveLength(1);
});

test('whatever moves credits at once with anything else, nothing is lost', async () => {
  const { length } = (await everyVerb()).calls;
  // Ten have a connection each: two blocks of five at a time, so that each verb meets each other.
  const blocks = Array.from({ length: Math.ceil(length / 5) }, (_, index) => index * 5);
  for (const [index, first] of blocks.entries()) {
    for (const second of blocks.slice(index + 1)) {
      const { accountId, calls } = await everyVerb();
      const together = [...calls.slice(first, first + 5), ...calls.slice(second, second + 5)];
      await atOnce(ledger, accountId, together);
    }
  }
  expect(await ledger.audit()).toEqual([]);
});

test('the scenario bites: what an unlocked credit adds is lost beside a charge', () =>
  inBrokenLedger(UNLOCKED_CREDIT, async (broken) => {
    const accountId = await broken.newAccount();
    await gift(broken, accountId, 100n);
    let adding: Promise<string> | undefined;
    await inTransaction(broken.db, async (tx) => {
      await charge(tx, request(accountId, 'job', 30n));
      adding = wordOf(broken.db, sql`SELECT broken.credit(${accountId}, 50, 'welcome')`);
      await expect.poll(() => waiting(broken)).toBe(1);
    });
    expect(await adding).toBe('applied');
    // Of 100 that were given, 30 that were spent and 50 that were added, the 30 are forgotten.
    expect(await broken.asOwner('SELECT balance FROM balances')).toEqual([{ balance: '150' }]);
    expect(await broken.audit()).toContain('I1 the balance is the sum of the entries');
  }));
