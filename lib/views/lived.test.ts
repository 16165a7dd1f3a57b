import { randomUUID } from 'node:crypto';

import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';

import { setAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { credit } from '@/lib/db/ledger';
import { charge } from '@/lib/db/ledger/charge';
import { findTopUp, markCredited } from '@/lib/db/top-ups';
import { crosses } from '@/lib/domain/auto-top-up';
import { cents, credits, type Credits, wholeCredits } from '@/lib/domain/credits';
import type { HistoryEvent } from '@/lib/domain/history';
import { replay } from '@/lib/domain/replay';
import { runAutoTopUp } from '@/lib/services/run-auto-top-up';
import { dubbing } from '@/price-books/dubbing';
import { presetRule } from '@/test/auto-top-up/rules';
import { aConsent } from '@/test/database/auto-top-up';
import { gift, request } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { saveCard } from '@/test/stripe/saved-card';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { readLived } from './lived';

const HOUR = 3_600_000;
const CHECK = HOUR / 2;
const FROM = Date.UTC(2026, 2, 1);
const DAYS = 1;

const { ledger } = await ledgerAndStripe();
beforeAll(async () => {
  await stopClock(ledger.urls, new Date(FROM));
});

const clock = (ms: number) => ledger.asOwner('UPDATE clock SET now = $1', [new Date(ms)]);
const rule = presetRule(dubbing, { monthlyLimitCents: cents(60_00n) });

async function someone(available: Credits): Promise<AccountCtx> {
  const accountId = await ledger.newAccount();
  await clock(FROM - 1);
  await ledger.asOwner('UPDATE accounts SET created_at = $1 WHERE account_id = $2', [
    new Date(FROM - 1),
    accountId,
  ]);
  if (available > 0n) await gift(ledger, accountId, available);
  await saveCard(ledger.db, accountId, 'pm_card_visa');
  const settings = { ...rule, enabled: true, paymentMethod: null };
  await setAutoTopUpRule(ledger.db, { accountId, settings, consent: await aConsent(ledger) });
  return { db: ledger.db, now: new Date(), accountId };
}

/** The worker's look at an account; what it claims is paid at once. */
async function look(ctx: AccountCtx, at: number, kind: 'scheduled' | 'crossing') {
  const { decision, topUpId } = await runAutoTopUp(ctx, { kind });
  if (decision.kind === 'wait' || topUpId === null) return [];
  const key = { accountId: ctx.accountId, id: topUpId };
  await inTransaction(ctx.db, async (tx) => {
    const claimed = await findTopUp(tx, key);
    if (!claimed) throw new Error('the claim vanished');
    await credit(tx, {
      accountId: ctx.accountId,
      amount: claimed.credits,
      kind: 'topup',
      reference: topUpId,
    });
    await markCredited(tx, key, new Date(at));
  });
  return [{ at: new Date(at), because: decision.because, priceCents: decision.priceCents }];
}

/** Lives the events with the real ledger and the real worker, check by check. */
async function worked(ctx: AccountCtx, events: readonly HistoryEvent[]) {
  const charges = [];
  let refused = 0;
  const moments = [
    ...Array.from({ length: (DAYS * 24 * HOUR) / CHECK }, (_, n) => ({ at: FROM + n * CHECK, event: null })),
    ...events.map((event) => ({ at: event.at.getTime(), event })),
  ].sort((a, b) => a.at - b.at || (a.event === null ? 1 : 0) - (b.event === null ? 1 : 0));
  for (const { at, event } of moments) {
    await clock(at);
    if (event === null) {
      charges.push(...(await look(ctx, at, 'scheduled')));
    } else if (event.kind === 'credit') {
      await gift(ledger, ctx.accountId, event.amount);
    } else {
      const { status, available } = await charge(
        ledger.db,
        request(ctx.accountId, randomUUID(), event.amount),
      );
      if (status === 'insufficient') refused += 1;
      else if (crosses(rule, { before: credits(available + event.amount), after: available }))
        charges.push(...(await look(ctx, at, 'crossing')));
    }
  }
  return { charges, refused };
}

const lives = fc.record({
  available: fc.bigInt(0n, 900n).map(wholeCredits),
  events: fc
    .array(
      fc.record({
        gap: fc.oneof(fc.integer({ min: 1, max: 3 * HOUR }), fc.constantFrom(CHECK, 6 * HOUR)),
        amount: fc.bigInt(1n, 700n).map(wholeCredits),
        isCredit: fc.oneof(
          { weight: 9, arbitrary: fc.constant(false) },
          { weight: 1, arbitrary: fc.constant(true) },
        ),
      }),
      { minLength: 12, maxLength: 30 },
    )
    .map((steps) => {
      let at = FROM;
      return steps.map(({ gap, amount, isCredit }): HistoryEvent => {
        at += gap;
        const when = new Date(at);
        return isCredit
          ? { kind: 'credit', at: when, amount }
          : { kind: 'debit', at: when, amount, shortfall: 'refuse' };
      });
    })
    .map((events) => events.filter(({ at }) => at.getTime() < FROM + DAYS * 24 * HOUR)),
});

test(
  'on the same events, the worker on a real ledger and the simulator decide the same',
  { timeout: 300_000 },
  async () => {
    let charged = 0;
    await fc.assert(
      fc.asyncProperty(lives, async ({ available, events }) => {
        const ctx = await someone(available);
        const [from, to] = [new Date(FROM), new Date(FROM + DAYS * 24 * HOUR)];
        const simulated = replay({ from, to, available, events }, rule, dubbing, 1);
        const real = await worked(ctx, events);
        expect({
          refused: simulated.refused,
          charges: simulated.charges.map(({ at, because, priceCents }) => ({ at, because, priceCents })),
        }).toEqual(real);
        charged += real.charges.length;

        // What is read back of that life is the life that was simulated, but for what was refused.
        await clock(to.getTime());
        const lived = await readLived(ctx, { days: DAYS });
        expect(lived).toMatchObject({ from, to, isExact: true });
        expect(lived.available).toBe(available);
        expect(lived.charged).toEqual({ count: real.charges.length, totalCents: simulated.totalCents });
        expect(lived.events).toHaveLength(events.length - real.refused);
        expect(replay(lived, rule, dubbing, 1).charges).toEqual(simulated.charges);
      }),
      { numRuns: 4 },
    );
    expect(charged).toBeGreaterThan(3);
    expect(await ledger.audit()).toEqual([]);
  },
);

test('where very much was done, charges of a quarter of an hour are one, and no credit is lost', async () => {
  await clock(FROM);
  const ctx = await someone(wholeCredits(100_000n));
  await ledger.asOwner(
    `SELECT count(ledger.charge($1, 1000000, 'job ' || n, sha256(n::text::bytea), 'dubbing')) FROM generate_series(1, 5100) AS n`,
    [ctx.accountId],
  );
  await clock(FROM + HOUR);
  const lived = await readLived(ctx, { days: 1 });
  expect(lived.isExact).toBe(false);
  expect(lived.events.filter(({ kind }) => kind === 'debit').length).toBeLessThan(10);
  const used = lived.events.reduce(
    (sum, { kind, amount }) => (kind === 'debit' ? sum + amount : sum - amount),
    0n,
  );
  expect(lived.available - used).toBe(wholeCredits(94_900n));
});

test('what expired or was taken back came and went; it was no request', async () => {
  const ctx = await someone(wholeCredits(0n));
  await clock(FROM);
  await gift(ledger, ctx.accountId, wholeCredits(10n), new Date(FROM + HOUR));
  await clock(FROM + 2 * HOUR);
  await ledger.asOwner('SELECT ledger.expire_account($1)', [ctx.accountId]);
  await clock(FROM + 3 * HOUR);
  const { events, available } = await readLived(ctx, { days: 1 });
  expect(available).toBe(0n);
  expect(events.map(({ kind, amount }) => ({ kind, amount }))).toEqual([
    { kind: 'credit', amount: wholeCredits(10n) },
    { kind: 'credit', amount: -wholeCredits(10n) },
  ]);
});

test('what was before the account is no part of its life', async () => {
  const ctx = await someone(wholeCredits(0n));
  await clock(FROM + HOUR);
  expect(await readLived(ctx, { days: 90 })).toMatchObject({
    from: new Date(FROM - 1),
    to: new Date(FROM + HOUR),
  });
  await clock(FROM - 1);
  expect(replay(await readLived(ctx, { days: 90 }), rule, dubbing, 1)).toMatchObject({
    charges: [],
    average: 0n,
  });
});
