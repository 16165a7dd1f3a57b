import { describe, expect, test } from 'vitest';

import { findAutoTopUpRule, listAutoTopUpConsents } from '@/lib/db/auto-top-up-rules';
import type { AccountCtx } from '@/lib/db/context';
import { listFlightRecords } from '@/lib/db/flight-records';
import { agreementOf } from '@/lib/domain/auto-top-up-agreement';
import { cents, wholeCredits } from '@/lib/domain/credits';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { readAutoTopUp } from '@/lib/views/auto-top-up';
import { dubbing } from '@/price-books/dubbing';
import { presetRule } from '@/test/auto-top-up/rules';
import { aConsent } from '@/test/database/auto-top-up';
import { gift } from '@/test/database/ledger-account';
import { saveCard } from '@/test/stripe/saved-card';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { chargeAutoTopUp } from './charge-auto-top-up';
import { readChargedCard } from './read-charged-card';
import { resumeAutoTopUp } from './resume-auto-top-up';
import { runAutoTopUp } from './run-auto-top-up';
import { type AgreeingCtx, type RuleWanted, setAutoTopUp } from './set-auto-top-up';

const { ledger } = await ledgerAndStripe();

const { threshold, size, monthlyLimitCents } = presetRule(dubbing);
const rule = { enabled: true, threshold, size, monthlyLimitCents, paymentMethod: null };
const wanted = (change: Partial<RuleWanted> = {}): RuleWanted => {
  const whole = { ...rule, ...change };
  return { ...whole, textShown: change.textShown ?? agreementOf(whole, dubbing) };
};

/** Somebody of an empty account, with a default card unless none is named. */
async function someone(card: string | null = 'pm_card_visa'): Promise<AgreeingCtx> {
  const accountId = await ledger.newAccount();
  if (card !== null) await saveCard(ledger.db, accountId, card);
  const { textShown: _, ...who } = await aConsent(ledger);
  return { db: ledger.db, now: new Date(), accountId, ...who };
}

const queued = async (key: string) =>
  (await ledger.asOwner<{ key: string }>('SELECT key FROM graphile_worker.jobs WHERE key = $1', [key]))
    .length;
const kept = ({ accountId }: AccountCtx) => listAutoTopUpConsents(ledger.db, accountId, 50);
const standing = ({ accountId }: AccountCtx) => findAutoTopUpRule(ledger.db, accountId);
const answers = async ({ accountId }: AccountCtx) =>
  (await listFlightRecords(ledger.db, accountId, 50)).map(({ because, count }) => `${because} × ${count}`);

describe('a rule that is set', () => {
  test('stands with who agreed, from where, and to which words; its owner is told, and it acts at once', async () => {
    const ctx = await someone();
    const { version, agreedText } = await setAutoTopUp(ctx, wanted());

    expect(await standing(ctx)).toMatchObject({ ...rule, version: 1n, paused: null });
    expect(await kept(ctx)).toMatchObject([
      { userId: ctx.userId, ipAddress: ctx.ipAddress, textShown: agreedText, before: null, after: rule },
    ]);
    expect(agreedText).toContain('At most $20.00 per charge, 4 times a day, and $1,000.00 a month.');
    expect(await queued(`tell-auto-top-up-changed:${ctx.accountId}:${version}`)).toBe(1);
    expect(await queued(`run-auto-top-up:${ctx.accountId}`)).toBe(1);
  });

  test('twice is set once', async () => {
    const ctx = await someone();
    await setAutoTopUp(ctx, wanted());
    await setAutoTopUp(ctx, wanted());
    expect(await kept(ctx)).toHaveLength(1);
    expect(await queued(`tell-auto-top-up-changed:${ctx.accountId}:2`)).toBe(0);
  });

  test('is turned off without a card, and tells so', async () => {
    const ctx = await someone();
    const { card } = await saveCard(ledger.db, ctx.accountId, 'pm_card_visa');
    await setAutoTopUp(ctx, wanted());
    await stripeApi().paymentMethods.detach(card);
    await setAutoTopUp(ctx, wanted({ enabled: false }));
    expect(await standing(ctx)).toMatchObject({ enabled: false, version: 2n });
    expect(await queued(`tell-auto-top-up-changed:${ctx.accountId}:2`)).toBe(1);
    expect(await runAutoTopUp(ctx, { kind: 'scheduled' })).toMatchObject({ decision: { because: 'off' } });
  });

  test('by a program names its key', async () => {
    const ctx = { ...(await someone()), userId: null, apiKeyId: crypto.randomUUID() };
    await setAutoTopUp(ctx, { ...wanted(), textShown: null });
    expect(await kept(ctx)).toMatchObject([{ userId: null, apiKeyId: ctx.apiKeyId, by: null }]);
  });
});

describe('nothing is kept', () => {
  test.each([
    {
      of: 'words that are not those of the rule',
      change: { textShown: 'Whatever.' },
      code: 'conflict',
      says: /terms have changed/,
    },
    {
      of: 'a threshold out of bounds',
      change: { threshold: wholeCredits(99n) },
      code: 'invalid_input',
      says: /^The threshold can be from 100 credits to 99,000 credits\.$/,
    },
    {
      of: 'a limit below one top-up',
      change: { monthlyLimitCents: cents(19_99n) },
      code: 'invalid_input',
      says: /must allow one top-up: \$20\.00 or more/,
    },
    {
      of: 'a rule that is off and was never allowed',
      change: { enabled: false, threshold: wholeCredits(99n) },
      code: 'invalid_input',
      says: /^The threshold can be/,
    },
    {
      of: 'a card that is not theirs',
      change: { paymentMethod: 'pm_of_somebody' },
      code: 'conflict',
      says: /no card to charge/,
    },
  ])('of $of', async ({ change, code, says }) => {
    const ctx = await someone();
    await expect(setAutoTopUp(ctx, wanted(change))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(says) as string,
    });
    expect(await kept(ctx)).toEqual([]);
    expect(await standing(ctx)).toBeNull();
  });

  test('without a card', async () => {
    const ctx = await someone(null);
    await expect(setAutoTopUp(ctx, wanted())).rejects.toThrow('There is no card to charge');
    expect(await kept(ctx)).toEqual([]);
    expect(await readChargedCard(ctx)).toEqual({ kind: 'missing' });
  });
});

test('a rule that the price book no longer allows can be turned off, and not on', async () => {
  const ctx = await someone();
  await setAutoTopUp(ctx, wanted());
  const old = { threshold: wholeCredits(99n) };
  await ledger.asOwner('ALTER TABLE auto_top_up_rules DISABLE TRIGGER USER');
  await ledger.asOwner('UPDATE auto_top_up_rules SET threshold = $1 WHERE account_id = $2', [
    old.threshold,
    ctx.accountId,
  ]);
  await ledger.asOwner('ALTER TABLE auto_top_up_rules ENABLE TRIGGER USER');
  await expect(setAutoTopUp(ctx, wanted(old))).rejects.toThrow('The threshold can be');
  await setAutoTopUp(ctx, wanted({ ...old, enabled: false }));
  expect(await standing(ctx)).toMatchObject({ enabled: false });
});

/** Turned on below the threshold with a card that is refused, and tried. */
async function declined(): Promise<AgreeingCtx> {
  const ctx = await someone('pm_card_chargeCustomerFail');
  await setAutoTopUp(ctx, wanted());
  const { topUpId } = await runAutoTopUp(ctx, { kind: 'scheduled' });
  if (topUpId === null) throw new Error('nothing was claimed');
  await chargeAutoTopUp(ctx, { accountId: ctx.accountId, id: topUpId });
  expect(await standing(ctx)).toMatchObject({ paused: 'card-declined' });
  return ctx;
}

describe('a rule that was paused by a decline', () => {
  test('does not go on with the same card, nor with the same number saved again', async () => {
    const ctx = await declined();
    await expect(resumeAutoTopUp(ctx)).rejects.toThrow('declined this very card');
    await saveCard(ledger.db, ctx.accountId, 'pm_card_chargeCustomerFail');
    await expect(resumeAutoTopUp(ctx)).rejects.toThrow('declined this very card');
    expect(await standing(ctx)).toMatchObject({ paused: 'card-declined' });
  });

  test('goes on with another card, once, and says so', async () => {
    const ctx = await declined();
    const pausedAt = (await standing(ctx))?.pausedAt?.getTime();
    await saveCard(ledger.db, ctx.accountId, 'pm_card_visa');
    await Promise.all([resumeAutoTopUp(ctx), resumeAutoTopUp(ctx), resumeAutoTopUp(ctx)]);
    expect(await standing(ctx)).toMatchObject({ paused: null });
    expect(await queued(`tell-auto-top-up-resumed:${ctx.accountId}:${pausedAt}`)).toBe(1);
    // Not at once: the bank has declined just now.
    expect(await runAutoTopUp(ctx, { kind: 'scheduled' })).toMatchObject({
      decision: { because: 'backing-off' },
    });
  });

  test('is turned on again by a change with another card', async () => {
    const ctx = await declined();
    await saveCard(ledger.db, ctx.accountId, 'pm_card_visa');
    await setAutoTopUp(ctx, wanted({ threshold: wholeCredits(600n) }));
    expect(await standing(ctx)).toMatchObject({ paused: null, threshold: wholeCredits(600n) });
  });

  test('stays paused through a change with the same card, which is done all the same', async () => {
    const ctx = await declined();
    await setAutoTopUp(ctx, wanted({ threshold: wholeCredits(600n) }));
    expect(await standing(ctx)).toMatchObject({ paused: 'card-declined', threshold: wholeCredits(600n) });
  });
});

describe('the flight recorder', () => {
  test('has a line for each answer, and counts the same one', async () => {
    const ctx = await someone();
    await setAutoTopUp(ctx, wanted());
    await gift(ledger, ctx.accountId, wholeCredits(500n));
    for (let look = 0; look < 3; look += 1) await runAutoTopUp(ctx, { kind: 'scheduled' });
    expect(await answers(ctx)).toEqual(['enough-credits × 3']);

    await setAutoTopUp(ctx, wanted({ threshold: wholeCredits(501n) }));
    const { topUpId } = await runAutoTopUp(ctx, { kind: 'crossing' });
    expect(await answers(ctx)).toEqual(['below-threshold × 1', 'enough-credits × 3']);
    const [charge] = await listFlightRecords(ledger.db, ctx.accountId, 1);
    expect(charge?.topUpId).toBe(topUpId);
    expect(charge?.said).toEqual([
      'Your balance fell below 501 credits, so automatic top-up buys 1,500 credits for $15.00.',
    ]);
  });

  test('keeps instants as instants, and says when the next charge may come', async () => {
    const ctx = await declined();
    await saveCard(ledger.db, ctx.accountId, 'pm_card_visa');
    await resumeAutoTopUp(ctx);
    await runAutoTopUp(ctx, { kind: 'scheduled' });
    const [waits] = await listFlightRecords(ledger.db, ctx.accountId, 1);
    expect(waits?.said).toEqual([
      expect.stringMatching(/^Your bank declined/),
      expect.any(Date),
      '; the next one can happen at ',
      waits?.until,
      '.',
    ]);
  });

  test('loses no line when many look at once', async () => {
    const ctx = await someone();
    await setAutoTopUp(ctx, wanted());
    await gift(ledger, ctx.accountId, wholeCredits(500n));
    await Promise.all(Array.from({ length: 20 }, () => runAutoTopUp(ctx, { kind: 'scheduled' })));
    expect(await answers(ctx)).toEqual(['enough-credits × 20']);
  });
});

test('the page says what would be decided now, with the card as it is', async () => {
  const ctx = await someone();
  expect(await readAutoTopUp(ctx)).toMatchObject({ rule: null, now: { because: 'off' }, next: null });
  await setAutoTopUp(ctx, wanted());
  const shown = await readAutoTopUp(ctx);
  expect(shown).toMatchObject({
    rule,
    now: { kind: 'charge', because: 'below-threshold' },
    next: { kind: 'charge', priceCents: 20_00n },
    worstCase: { perChargeCents: 20_00n, chargesPerDay: '4', perDayCents: 80_00n, perMonthCents: 1_000_00n },
  });
  expect(await readAutoTopUp(ctx, { card: 'expired' })).toMatchObject({ now: { because: 'card-expired' } });
  expect(await readChargedCard(ctx)).toMatchObject({ kind: 'ok', brand: 'visa', last4: '4242' });
});

test('nobody sees the rule of another account', async () => {
  const ctx = await someone();
  await setAutoTopUp(ctx, wanted());
  expect(await readAutoTopUp(await someone())).toMatchObject({ rule: null, consents: [], records: [] });
});
