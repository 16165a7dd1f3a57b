import { beforeAll, describe, expect, test } from 'vitest';

import { credits } from '@/lib/domain/credits';
import { gift, leftOf, request, topUp } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import type { AccountId } from '../context';
import { charge } from './charge';
import { adjust, clawback, refund, restore } from './correction';
import { hold } from './hold';

const START = Date.UTC(2026, 0, 1);
const at = (hours: number) => new Date(START + hours * 3_600_000);

const ledger = await ledgerOfFile();
beforeAll(async () => {
  await stopClock(ledger.urls, at(0));
});
const clock = (hours: number) => ledger.asOwner('UPDATE clock SET now = $1', [at(hours)]);

/** An account that bought credits, and the purchase. */
async function bought(amount: bigint): Promise<{ accountId: AccountId; topUpId: string }> {
  const accountId = await ledger.newAccount();
  return { accountId, topUpId: await topUp(ledger, accountId, amount) };
}

describe('a restored charge', () => {
  test('goes back to the grants that it came from, with their expiry', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 10n, at(1));
    await gift(ledger, accountId, 10n);
    await charge(ledger.db, request(accountId, 'job', 15n));
    expect((await restore(ledger.db, { accountId, reference: 'job' })).status).toBe('applied');
    expect((await restore(ledger.db, { accountId, reference: 'job' })).status).toBe('replayed');
    expect(await leftOf(ledger, accountId)).toEqual([10, 10]);
  });

  test('goes with a grant that has expired since', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 10n, at(1));
    await gift(ledger, accountId, 10n);
    await charge(ledger.db, request(accountId, 'job', 15n));
    await clock(2);
    expect((await restore(ledger.db, { accountId, reference: 'job' })).available).toBe(10n);
    expect(await leftOf(ledger, accountId)).toEqual([0, 10]);
    await clock(0);
  });

  test('repays a debt before it can be spent', async () => {
    const { accountId, topUpId } = await bought(10n);
    await charge(ledger.db, request(accountId, 'job', 10n));
    await clawback(ledger.db, { accountId, topUpId, reference: 're_1', amount: credits(6n) });
    expect((await restore(ledger.db, { accountId, reference: 'job' })).balance).toBe(4n);
    expect(await leftOf(ledger, accountId)).toEqual([4]);
  });

  test('opens a new grant for what others have repaid since', async () => {
    const { accountId, topUpId } = await bought(10n);
    await charge(ledger.db, request(accountId, 'job', 10n));
    await clawback(ledger.db, { accountId, topUpId, reference: 'dp_1', amount: credits(10n) });
    await gift(ledger, accountId, 10n);
    expect((await restore(ledger.db, { accountId, reference: 'dp_1', of: 'clawback' })).balance).toBe(10n);
    expect(await leftOf(ledger, accountId)).toEqual([0, 0, 10]);
  });

  test('that is none, or was refunded, is refused', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 10n);
    await charge(ledger.db, request(accountId, 'job', 5n));
    await refund(ledger.db, { accountId, charge: 'job', amount: credits(1n), reference: 'r1' });
    expect((await restore(ledger.db, { accountId, reference: 'job' })).status).toBe('excess');
    expect((await restore(ledger.db, { accountId, reference: 'unknown' })).status).toBe('no_entry');
  });
});

test('refunds of one charge together never pass it, however many come at once', async () => {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 100n);
  await charge(ledger.db, request(accountId, 'job', 50n));
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      refund(ledger.db, { accountId, charge: 'job', amount: credits(15n), reference: `r${index}` }),
    ),
  );
  expect(outcomes.filter(({ status }) => status === 'applied')).toHaveLength(3);
  expect((await leftOf(ledger, accountId)).reduce((sum, left) => sum + left)).toBe(95);
});

describe('a claw-back', () => {
  test('takes what is left of that purchase first, then the rest, then makes debt; once', async () => {
    const { accountId, topUpId } = await bought(100n);
    await gift(ledger, accountId, 20n, at(5));
    await charge(ledger.db, request(accountId, 'job', 30n));
    expect(await leftOf(ledger, accountId)).toEqual([90, 0]);
    const first = { accountId, topUpId, reference: 're_1', amount: credits(95n) };
    expect((await clawback(ledger.db, first)).balance).toBe(-5n);
    expect((await clawback(ledger.db, first)).status).toBe('replayed');
    await gift(ledger, accountId, 12n);
    expect(await leftOf(ledger, accountId)).toEqual([0, 0, 7]);
  });

  test('never takes more than the purchase gave, in however many parts and at once', async () => {
    const { accountId, topUpId } = await bought(100n);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        clawback(ledger.db, { accountId, topUpId, reference: `re_${index}`, amount: credits(40n) }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'applied')).toHaveLength(2);
  });

  test('wins over a hold', async () => {
    const { accountId, topUpId } = await bought(100n);
    await hold(ledger.db, { ...request(accountId, 'held', 80n), seconds: 600 });
    const taken = await clawback(ledger.db, { accountId, topUpId, reference: 're_1', amount: credits(100n) });
    expect(taken).toMatchObject({ status: 'applied', balance: 0n, available: -80n });
  });

  test('names a purchase, and again after a won dispute', async () => {
    const { accountId, topUpId } = await bought(100n);
    const all = { accountId, topUpId, amount: credits(100n) };
    expect(
      (await clawback(ledger.db, { ...all, topUpId: crypto.randomUUID(), reference: 'dp_0' })).status,
    ).toBe('no_entry');
    await clawback(ledger.db, { ...all, reference: 'dp_1' });
    await restore(ledger.db, { accountId, reference: 'dp_1', of: 'clawback' });
    expect((await clawback(ledger.db, { ...all, reference: 're_2' })).status).toBe('applied');
  });
});

test('an adjustment goes either way, once, and keeps its reason', async () => {
  const accountId = await ledger.newAccount();
  const down = { accountId, delta: credits(-5n), reference: 'a1', reason: 'Counted twice' };
  expect((await adjust(ledger.db, down)).balance).toBe(-5n);
  expect((await adjust(ledger.db, down)).status).toBe('replayed');
  expect((await adjust(ledger.db, { ...down, delta: credits(5n) })).status).toBe('conflict');
  expect((await adjust(ledger.db, { ...down, delta: credits(8n), reference: 'a2' })).balance).toBe(3n);
  await expect(adjust(ledger.db, { ...down, reference: 'a3', reason: ' ' })).rejects.toThrow('invalid');
  expect(
    await ledger.asOwner('SELECT metadata FROM entry_details WHERE account_id = $1 AND seq = 1', [accountId]),
  ).toEqual([{ metadata: { reason: 'Counted twice' } }]);
});

describe('the deepest debt there can be', () => {
  /** An account at the very end of a bigint. */
  async function deepInDebt() {
    const { accountId, topUpId } = await bought(10n);
    await charge(ledger.db, request(accountId, 'job', 10n));
    for (const [index, delta] of [-(2n ** 63n - 1n), -1n].entries()) {
      await adjust(ledger.db, { accountId, delta: credits(delta), reference: `a${index}`, reason: 'Fraud' });
    }
    return { accountId, topUpId };
  }

  test('is repaid like any other', async () => {
    const { accountId } = await deepInDebt();
    await gift(ledger, accountId, 5n);
    expect(await leftOf(ledger, accountId)).toEqual([0, 0]);
  });

  test('is lessened by a restored charge like any other', async () => {
    const { accountId } = await deepInDebt();
    const restored = await restore(ledger.db, { accountId, reference: 'job' });
    expect(restored).toMatchObject({ status: 'applied', balance: 10n - 2n ** 63n });
  });
});

test('all of this left a sound ledger', async () => {
  expect(await ledger.audit()).toEqual([]);
});
