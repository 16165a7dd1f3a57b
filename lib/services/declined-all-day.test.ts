import { beforeAll, expect, test } from 'vitest';

import { findAutoTopUpRule, resumeAutoTopUp, setAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountCtx } from '@/lib/db/context';
import { listFlightRecords } from '@/lib/db/flight-records';
import { dueAutoTopUps } from '@/lib/db/ledger/auto-top-up';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { dubbing } from '@/price-books/dubbing';
import { presetRule } from '@/test/auto-top-up/rules';
import { aConsent } from '@/test/database/auto-top-up';
import { stopClock } from '@/test/database/ledger-clock';
import { saveCard } from '@/test/stripe/saved-card';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { chargeAutoTopUp } from './charge-auto-top-up';
import { runAutoTopUp } from './run-auto-top-up';

const START = Date.UTC(2026, 2, 1);
const CHECK_MS = 30 * 60_000;
const CHECKS_A_DAY = 48;

const { ledger } = await ledgerAndStripe();
beforeAll(async () => {
  await stopClock(ledger.urls, new Date(START));
});

async function someone(): Promise<AccountCtx & { customer: string }> {
  const accountId = await ledger.newAccount();
  const { customer } = await saveCard(ledger.db, accountId, 'pm_card_chargeCustomerFail');
  const settings = { ...presetRule(dubbing), enabled: true, paymentMethod: null };
  await setAutoTopUpRule(ledger.db, { accountId, settings, consent: await aConsent(ledger) });
  return { db: ledger.db, now: new Date(START), accountId, customer };
}

/** A day of the regular check, at each of which `before` may happen. */
async function aDay(ctx: AccountCtx, before: () => Promise<void>): Promise<void> {
  for (let check = 0; check < CHECKS_A_DAY; check += 1) {
    await ledger.asOwner('UPDATE clock SET now = $1', [new Date(START + check * CHECK_MS)]);
    await before();
    if (!(await dueAutoTopUps(ledger.db, 10)).includes(ctx.accountId)) continue;
    const { topUpId } = await runAutoTopUp(ctx, { kind: 'scheduled' });
    if (topUpId !== null) await chargeAutoTopUp(ctx, { accountId: ctx.accountId, id: topUpId });
  }
}

const attemptsOn = async (customer: string) =>
  (await stripeApi().charges.list({ customer, limit: 100 })).data.map(({ status }) => status);

test('a declining card is tried once in a day, and what was decided is said', async () => {
  const ctx = await someone();
  await aDay(ctx, () => Promise.resolve());
  expect(await attemptsOn(ctx.customer)).toEqual(['failed']);
  expect(await findAutoTopUpRule(ledger.db, ctx.accountId)).toMatchObject({ paused: 'card-declined' });
  const records = await listFlightRecords(ledger.db, ctx.accountId, 50);
  expect(records.map(({ because }) => because)).toEqual(['card-declined', 'below-threshold']);
});

test('a customer who says “go on” before every check makes five attempts in a day, each said', async () => {
  const ctx = await someone();
  await aDay(ctx, async () => void (await resumeAutoTopUp(ledger.db, ctx.accountId)));
  expect(await attemptsOn(ctx.customer)).toEqual(Array.from({ length: 5 }, () => 'failed'));
  const records = await listFlightRecords(ledger.db, ctx.accountId, 50);
  expect(records.filter(({ because }) => because === 'below-threshold')).toHaveLength(5);
  expect(records.filter(({ because }) => because === 'backing-off')).toHaveLength(5);
  expect(records.reduce((sum, { count }) => sum + count, 0n)).toBe(BigInt(CHECKS_A_DAY));
  expect(await ledger.audit()).toEqual([]);
});
