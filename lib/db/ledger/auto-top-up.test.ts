import { randomUUID } from 'node:crypto';

import { beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { cents, credits, wholeCredits } from '@/lib/domain/credits';
import { decideAutoTopUp } from '@/lib/domain/decide-auto-top-up';
import { dubbing } from '@/price-books/dubbing';
import { accountWithRule, wantedClaim } from '@/test/database/auto-top-up';
import { gift, request } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { Random } from '@/test/database/random';

import { findAutoTopUpRule, pauseAutoTopUp } from '../auto-top-up-rules';
import type { AccountId } from '../context';
import { inTransaction, openDatabase } from '../database';
import { freezeAccount } from './audit';
import {
  type Claim,
  claimAutoTopUp,
  dueAutoTopUps,
  lockAutoTopUpFacts,
  type WantedClaim,
} from './auto-top-up';
import { charge } from './charge';
import { hold } from './hold';

const START = Date.UTC(2026, 0, 20);
const HOUR = 3_600_000;
const SCHEDULED = { kind: 'scheduled' } as const;
const at = (hours: number) => new Date(START + hours * HOUR);

const ledger = await ledgerOfFile();
beforeAll(async () => {
  await stopClock(ledger.urls, at(0));
});
beforeEach(() => clock(0));

const clock = (hours: number) => ledger.asOwner('UPDATE clock SET now = $1', [at(hours)]);
const claim = (accountId: AccountId, wanted?: Partial<WantedClaim>) =>
  claimAutoTopUp(ledger.db, wantedClaim(accountId, wanted));
const facts = (accountId: AccountId) => inTransaction(ledger.db, (tx) => lockAutoTopUpFacts(tx, accountId));
const rows = (accountId: AccountId) =>
  ledger.asOwner('SELECT * FROM top_ups WHERE account_id = $1', [accountId]);
const move = (accountId: AccountId, status: string) =>
  ledger.asOwner(`UPDATE top_ups SET status = $2 WHERE account_id = $1 AND status <> 'failed'`, [
    accountId,
    status,
  ]);
/** A purchase in a browser, of so many credits. */
const manual = (accountId: AccountId, amount: bigint, status: string) =>
  ledger.asOwner(
    `INSERT INTO top_ups (account_id, id, origin, status, package_id, price_book_version, credits, price_cents, currency)
     VALUES ($1, $2, 'manual', $4, '500', '1', $3, 500, 'usd')`,
    [accountId, randomUUID(), amount, status],
  );

describe('a claim', () => {
  test('is a top-up that has begun, before anyone is asked for money', async () => {
    const accountId = await accountWithRule(ledger);
    const id = randomUUID();
    expect(await claim(accountId, { id })).toEqual({
      kind: 'claimed',
      isReplay: false,
      credits: 2000n,
      priceCents: 2000n,
      claimedAt: at(0),
      windowEnd: at(6),
    });
    expect(await rows(accountId)).toMatchObject([
      { id, origin: 'auto', status: 'started', package_id: null, credits: '2000', created_at: at(0) },
    ]);
  });

  test('told again is the same, whatever is asked by then', async () => {
    const accountId = await accountWithRule(ledger);
    const id = randomUUID();
    const first = await claim(accountId, { id });
    await move(accountId, 'processing');
    await clock(9);
    expect(await claim(accountId, { id, credits: credits(7n) })).toEqual({ ...first, isReplay: true });
    expect(await rows(accountId)).toHaveLength(1);
  });

  test('under the id of a purchase in a browser is a bug', async () => {
    const accountId = await accountWithRule(ledger);
    await manual(accountId, 1n, 'started');
    const [{ id } = { id: '' }] = await ledger.asOwner<{ id: string }>(
      'SELECT id FROM top_ups WHERE account_id = $1',
      [accountId],
    );
    await expect(claim(accountId, { id })).rejects.toThrow('is no auto top-up');
  });
});

describe('nothing is claimed', () => {
  const because = async (accountId: AccountId, wanted?: Partial<WantedClaim>) => {
    const before = await rows(accountId);
    const told = await claim(accountId, wanted);
    expect(await rows(accountId)).toEqual(before);
    return told.kind === 'barred' ? { because: told.because, until: told.until } : told;
  };

  test('off: without a rule, and with one that is off', async () => {
    const off = { because: 'off', until: null };
    expect(await because(await ledger.newAccount())).toEqual(off);
    expect(await because(await accountWithRule(ledger, { enabled: false }))).toEqual(off);
  });

  test('paused', async () => {
    const accountId = await accountWithRule(ledger);
    await pauseAutoTopUp(ledger.db, { accountId, because: 'card-declined' });
    expect(await because(accountId)).toEqual({ because: 'paused', until: null });
  });

  test('account-frozen', async () => {
    const accountId = await accountWithRule(ledger);
    await freezeAccount(ledger.db, { accountId, because: 'I1' });
    expect(await because(accountId)).toEqual({ because: 'account-frozen', until: null });
  });

  test('enough-credits: at the threshold, not below it; what is held does not count', async () => {
    const accountId = await accountWithRule(ledger);
    await gift(ledger, accountId, 600n);
    await hold(ledger.db, { ...request(accountId, 'held', 100n), seconds: 60 });
    expect(await because(accountId, { expected: credits(500n) })).toMatchObject({
      because: 'enough-credits',
    });
    await charge(ledger.db, request(accountId, 'job', 1n));
    expect(await claim(accountId, { expected: credits(499n) })).toMatchObject({ kind: 'claimed' });
  });

  test.each(['started', 'open', 'processing'])(
    'charge-under-way: while the last one is %s',
    async (status) => {
      const accountId = await accountWithRule(ledger);
      await claim(accountId, { cooldownSeconds: 0n });
      await ledger.asOwner(
        `UPDATE top_ups SET status = $2::top_up_status, stripe_invoice = 'in_x' WHERE account_id = $1`,
        [accountId, status],
      );
      expect(await because(accountId, { expected: credits(2000n) })).toMatchObject({
        because: 'charge-under-way',
      });
    },
  );

  test('credits-on-their-way: paid for in a browser and not there yet', async () => {
    const accountId = await accountWithRule(ledger);
    await manual(accountId, 500n, 'processing');
    expect(await because(accountId)).toMatchObject({ because: 'credits-on-their-way' });
  });

  test('facts-changed: the amount was worked out from something else', async () => {
    const accountId = await accountWithRule(ledger);
    await gift(ledger, accountId, 10n);
    expect(await because(accountId)).toEqual({ because: 'facts-changed', until: null });
  });

  test('monthly-limit: by a cent, until the next month', async () => {
    const accountId = await accountWithRule(ledger, { monthlyLimitCents: cents(4000n) });
    await claim(accountId);
    await move(accountId, 'processing');
    await ledger.asOwner(
      `UPDATE top_ups SET status = 'credited', credited_at = now() WHERE account_id = $1`,
      [accountId],
    );
    await clock(6);
    const next = new Date('2026-02-01T00:00:00Z');
    expect(await because(accountId, { priceCents: cents(2001n) })).toEqual({
      because: 'monthly-limit',
      until: next,
    });
    await ledger.asOwner('UPDATE clock SET now = $1', [next]);
    expect(await claim(accountId, { priceCents: cents(2001n) })).toMatchObject({ kind: 'claimed' });
    await ledger.asOwner('DELETE FROM top_ups WHERE account_id = $1', [accountId]);
  });

  test('cooling-down: to the last moment of six hours', async () => {
    const accountId = await accountWithRule(ledger);
    await claim(accountId);
    await ledger.asOwner(
      `UPDATE top_ups SET status = 'credited', credited_at = now() WHERE account_id = $1`,
      [accountId],
    );
    const waits = { because: 'cooling-down', until: at(6) };
    expect(await because(accountId)).toEqual(waits);
    await clock(6 - 1 / HOUR);
    expect(await because(accountId)).toEqual(waits);
    // A clock that was set back lets none pass before the last one's window.
    await clock(-7);
    expect(await because(accountId)).toEqual(waits);
    await clock(6);
    expect(await claim(accountId)).toMatchObject({ kind: 'claimed', claimedAt: at(6) });
    await ledger.asOwner('DELETE FROM top_ups WHERE account_id = $1', [accountId]);
  });
});

test.each(['failed', 'abandoned'])('one that %s bars no other, nor counts for the month', async (status) => {
  const accountId = await accountWithRule(ledger, { monthlyLimitCents: cents(2000n) });
  await claim(accountId);
  await ledger.asOwner('UPDATE top_ups SET status = $2::top_up_status WHERE account_id = $1', [
    accountId,
    status,
  ]);
  expect(await claim(accountId)).toMatchObject({ kind: 'claimed' });
});

test('where nothing cools down, only one payment at a time does', async () => {
  const accountId = await accountWithRule(ledger);
  await claim(accountId, { cooldownSeconds: 0n });
  await ledger.asOwner(`UPDATE top_ups SET status = 'failed' WHERE account_id = $1`, [accountId]);
  expect(await claim(accountId, { cooldownSeconds: 0n })).toMatchObject({
    kind: 'claimed',
    windowEnd: at(0),
  });
});

test('a request that waits for credits claims above the threshold, unless they are on their way', async () => {
  const accountId = await accountWithRule(ledger);
  await gift(ledger, accountId, 600n);
  const asked = { shortfall: credits(50n) };
  await manual(accountId, 50n, 'processing');
  expect(await claim(accountId, { ...asked, expected: credits(650n) })).toMatchObject({
    because: 'credits-on-their-way',
  });
  expect(await claim(accountId, { shortfall: credits(51n), expected: credits(650n) })).toMatchObject({
    kind: 'claimed',
  });
});

/** As where a bank refused, and nobody paid after all. */
const declineAll = (accountId: AccountId) =>
  ledger.asOwner(
    `WITH failed AS (
       UPDATE top_ups SET status = 'failed' WHERE account_id = $1 AND origin = 'auto' RETURNING account_id, id, claimed_at
     )
     INSERT INTO recoveries (account_id, top_up_id, state, attempt, opened_at, link_asked_at, ended_at)
     SELECT account_id, id, 'lapsed', 1, claimed_at, claimed_at, claimed_at FROM failed`,
    [accountId],
  );

test('one that no bank refused is no decline', async () => {
  const accountId = await accountWithRule(ledger);
  await claim(accountId);
  await ledger.asOwner(`UPDATE top_ups SET status = 'failed' WHERE account_id = $1`, [accountId]);
  expect(await facts(accountId)).toMatchObject({ declines: null, isLive: false });
});

test('what only waits for its customer is looked at last, however many there are', async () => {
  const waiting = await accountWithRule(ledger);
  await claim(waiting);
  await ledger.asOwner(
    `UPDATE top_ups SET status = 'open', stripe_invoice = 'in_waiting' WHERE account_id = $1`,
    [waiting],
  );
  const begun = await accountWithRule(ledger);
  await claim(begun);
  const empty = await accountWithRule(ledger);
  const due = await dueAutoTopUps(ledger.db, 10_000);
  const places = [begun, empty, waiting].map((accountId) => due.indexOf(accountId));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('a decision looks at all that is there', async () => {
  const accountId = await accountWithRule(ledger);
  expect(await facts(accountId)).toEqual({
    asOf: at(0),
    available: 0n,
    inFlight: 0n,
    isLive: false,
    lastAutoTopUpAt: null,
    chargedThisMonth: 0n,
    declines: null,
    isFrozen: false,
  });
  await gift(ledger, accountId, 30n);
  await hold(ledger.db, { ...request(accountId, 'held', 10n), seconds: 86_400 });
  await manual(accountId, 70n, 'processing');
  await manual(accountId, 9n, 'started');
  await claim(accountId, { expected: credits(90n) });
  await declineAll(accountId);
  await clock(1);
  await claim(accountId, { expected: credits(90n) });
  expect(await facts(accountId)).toEqual({
    asOf: at(1),
    available: 20n,
    inFlight: 2070n,
    isLive: true,
    lastAutoTopUpAt: at(1),
    chargedThisMonth: 2000n,
    declines: { count: 1, lastAt: at(0) },
    isFrozen: false,
  });
});

test('while one decides, whoever would spend what it decides on waits', async () => {
  const accountId = await accountWithRule(ledger);
  await gift(ledger, accountId, 100n);
  const waiting = () =>
    ledger.asOwner(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
  const { claimed, spending } = await inTransaction(ledger.db, async (tx) => {
    const { available, inFlight } = await lockAutoTopUpFacts(tx, accountId);
    const charging = charge(ledger.db, request(accountId, 'job', 40n));
    await expect.poll(waiting).toHaveLength(1);
    const expected = credits(available + inFlight);
    const told = await claimAutoTopUp(tx, wantedClaim(accountId, { expected }));
    return { claimed: told, spending: { charging } };
  });
  expect(claimed.kind).toBe('claimed');
  expect(await spending.charging).toMatchObject({ status: 'applied', available: 60n });
});

test(
  '8,000 claims at once for 50 accounts, by two processes, are 50 top-ups',
  { timeout: 300_000 },
  async () => {
    const accounts = await Promise.all(Array.from({ length: 50 }, () => accountWithRule(ledger)));
    const processes = [openDatabase(ledger.urls.appUrl), openDatabase(ledger.urls.appUrl)];
    // As many sides as both pools have connections: whoever waits for one longer than a page would is refused.
    const sides = Array.from({ length: 20 }, async (_, side) => {
      const random = new Random(side);
      const claims: Claim[] = [];
      for (let index = 0; index < 400; index++)
        claims.push(await claimAutoTopUp(random.pick(processes), wantedClaim(random.pick(accounts))));
      return claims;
    });
    const told = (await Promise.all(sides)).flat();
    await Promise.all(processes.map((db) => db.close()));
    expect(told).toHaveLength(8000);
    expect(told.filter(({ kind }) => kind === 'claimed')).toHaveLength(50);
    const intents = await ledger.asOwner<{ account_id: string }>(
      'SELECT account_id FROM top_ups WHERE account_id = ANY ($1)',
      [accounts],
    );
    expect(new Set(intents.map(({ account_id: id }) => id)).size).toBe(50);
    expect(intents).toHaveLength(50);
  },
);

test('decided and claimed in one transaction, by forty at once, fills up once to the target', async () => {
  const accountId = await accountWithRule(ledger, {
    threshold: wholeCredits(500n),
    size: { mode: 'target', target: wholeCredits(2000n) },
  });
  await gift(ledger, accountId, wholeCredits(100n));
  const decideAndClaim = () =>
    inTransaction(ledger.db, async (tx) => {
      const rule = await findAutoTopUpRule(tx, accountId);
      if (!rule) throw new Error('no rule');
      const { asOf, isFrozen, ...known } = await lockAutoTopUpFacts(tx, accountId);
      const facts = { ...known, trigger: SCHEDULED, card: 'ok' as const, isRestricted: isFrozen };
      const decision = decideAutoTopUp(rule, facts, dubbing, asOf);
      if (decision.kind === 'wait') return decision.because;
      const expected = credits(known.available + known.inFlight);
      return await claimAutoTopUp(tx, wantedClaim(accountId, { ...decision, expected }));
    });
  const told = await Promise.all(Array.from({ length: 40 }, decideAndClaim));
  expect(told.filter((one) => one === 'charge-under-way')).toHaveLength(39);
  expect(told.filter((one) => typeof one === 'object')).toMatchObject([
    { kind: 'claimed', credits: wholeCredits(1900n), priceCents: 19_00n },
  ]);
});

test('the table itself refuses a second one in a window, and a second one that is live', async () => {
  const accountId = await accountWithRule(ledger);
  await claim(accountId);
  const again = (hours: number) =>
    ledger.asOwner(
      `INSERT INTO top_ups (account_id, id, origin, status, price_book_version, credits, price_cents, currency, claimed_at, window_end)
       SELECT account_id, gen_random_uuid(), origin, status, '1', credits, price_cents, currency,
              claimed_at + $2 * interval '1 hour', window_end + $2 * interval '1 hour'
         FROM top_ups WHERE account_id = $1`,
      [accountId, hours],
    );
  await expect(again(7)).rejects.toThrow('top_ups_one_auto_live');
  await ledger.asOwner(`UPDATE top_ups SET status = 'credited', credited_at = now() WHERE account_id = $1`, [
    accountId,
  ]);
  await expect(
    ledger.asOwner(
      `INSERT INTO top_ups (account_id, id, origin, status, price_book_version, credits, price_cents, currency, claimed_at, window_end)
       SELECT account_id, gen_random_uuid(), origin, 'started', '1', credits, price_cents, currency, claimed_at + interval '5 hours', window_end + interval '5 hours'
         FROM top_ups WHERE account_id = $1`,
      [accountId],
    ),
  ).rejects.toThrow('top_ups_one_auto_a_window');
  await ledger.asOwner('DELETE FROM top_ups WHERE account_id = $1', [accountId]);
});

test('all of this left a sound ledger', async () => {
  expect(await ledger.audit()).toEqual([]);
});
