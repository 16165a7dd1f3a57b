import { beforeAll, describe, expect, test } from 'vitest';

import { cents, credits } from '@/lib/domain/credits';
import { accountWithRule, aConsent, SETTINGS } from '@/test/database/auto-top-up';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import {
  findAutoTopUpRule,
  listAutoTopUpConsents,
  liftPause,
  pauseAutoTopUp,
  resumeAutoTopUp,
  setAutoTopUpRule,
} from './auto-top-up-rules';

const NOW = new Date('2026-01-01T00:00:00Z');

const ledger = await ledgerOfFile();
beforeAll(async () => {
  await stopClock(ledger.urls, NOW);
});

describe('a rule of auto top-up', () => {
  test('stands as it was set, with the consent of who set it', async () => {
    const accountId = await ledger.newAccount();
    const consent = await aConsent(ledger);
    expect(await findAutoTopUpRule(ledger.db, accountId)).toBeNull();
    const rule = await setAutoTopUpRule(ledger.db, { accountId, settings: SETTINGS, consent });
    const kept = { ...SETTINGS, version: 1n, paused: null, pausedAt: null, resumedAt: null, updatedAt: NOW };
    expect(rule).toEqual(kept);
    expect(await findAutoTopUpRule(ledger.db, accountId)).toEqual(kept);
    expect(await listAutoTopUpConsents(ledger.db, accountId, 50)).toEqual([
      {
        ...consent,
        by: `${consent.userId}@example.com`,
        version: 1n,
        before: null,
        after: SETTINGS,
        createdAt: NOW,
      },
    ]);
  });

  test('keeps each change, from what it was to what it became, and none that changes nothing', async () => {
    const accountId = await accountWithRule(ledger);
    const consent = await aConsent(ledger);
    const byAmount = {
      ...SETTINGS,
      size: { mode: 'amount' as const, amountCents: cents(2n ** 62n) },
      paymentMethod: 'pm_1',
    };
    for (const settings of [SETTINGS, byAmount, byAmount, { ...byAmount, enabled: false }]) {
      await setAutoTopUpRule(ledger.db, { accountId, settings, consent });
    }
    expect(await findAutoTopUpRule(ledger.db, accountId)).toMatchObject({
      ...byAmount,
      enabled: false,
      version: 3n,
    });
    const consents = await listAutoTopUpConsents(ledger.db, accountId, 50);
    expect(consents.map(({ version, before, after }) => ({ version, before, after }))).toEqual([
      { version: 3n, before: byAmount, after: { ...byAmount, enabled: false } },
      { version: 2n, before: SETTINGS, after: byAmount },
      { version: 1n, before: null, after: SETTINGS },
    ]);
  });

  test('set by many at once goes from version to version, each agreed to', async () => {
    const accountId = await ledger.newAccount();
    const consent = await aConsent(ledger);
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        setAutoTopUpRule(ledger.db, {
          accountId,
          settings: { ...SETTINGS, threshold: credits(BigInt(index)) },
          consent,
        }),
      ),
    );
    expect(await findAutoTopUpRule(ledger.db, accountId)).toMatchObject({ version: 12n });
    expect(await listAutoTopUpConsents(ledger.db, accountId, 50)).toHaveLength(12);
  });

  test.each([
    ['a target at the threshold', { size: { mode: 'target' as const, target: credits(500n) } }],
    ['an amount of nothing', { size: { mode: 'amount' as const, amountCents: cents(0n) } }],
    ['no monthly limit', { monthlyLimitCents: cents(0n) }],
    ['a threshold below nothing', { threshold: credits(-1n) }],
  ])('with %s is refused, and nothing is kept', async (_, wrong) => {
    const accountId = await ledger.newAccount();
    const consent = await aConsent(ledger);
    await expect(
      setAutoTopUpRule(ledger.db, { accountId, settings: { ...SETTINGS, ...wrong }, consent }),
    ).rejects.toThrow('check constraint');
    expect(await listAutoTopUpConsents(ledger.db, accountId, 50)).toEqual([]);
  });

  test('is set by somebody who was shown something', async () => {
    const accountId = await ledger.newAccount();
    const consent = await aConsent(ledger);
    for (const wrong of [{ textShown: ' ' }, { userId: '00000000-0000-4000-8000-000000000000' }]) {
      await expect(
        setAutoTopUpRule(ledger.db, { accountId, settings: SETTINGS, consent: { ...consent, ...wrong } }),
      ).rejects.toThrow('constraint');
    }
  });
});

describe('a pause', () => {
  test('is told once, keeps its first reason, and ends once', async () => {
    const accountId = await accountWithRule(ledger);
    expect(await pauseAutoTopUp(ledger.db, { accountId, because: 'card-declined' })).toBe(true);
    expect(await pauseAutoTopUp(ledger.db, { accountId, because: 'card-expired' })).toBe(false);
    expect(await findAutoTopUpRule(ledger.db, accountId)).toMatchObject({
      paused: 'card-declined',
      pausedAt: NOW,
      version: 1n,
    });
    expect(await resumeAutoTopUp(ledger.db, accountId)).toBe(true);
    expect(await resumeAutoTopUp(ledger.db, accountId)).toBe(false);
    expect(await findAutoTopUpRule(ledger.db, accountId)).toMatchObject({ paused: null, resumedAt: NOW });
  });

  test('that ends by itself is nobody’s word', async () => {
    const accountId = await accountWithRule(ledger);
    await pauseAutoTopUp(ledger.db, { accountId, because: 'payment-disputed' });
    expect(await liftPause(ledger.db, accountId)).toBe(true);
    expect(await findAutoTopUpRule(ledger.db, accountId)).toMatchObject({ paused: null, resumedAt: null });
  });

  test('outlasts a change of the rule', async () => {
    const accountId = await accountWithRule(ledger);
    await pauseAutoTopUp(ledger.db, { accountId, because: 'card-declined' });
    const settings = { ...SETTINGS, paymentMethod: 'pm_2' };
    const rule = await setAutoTopUpRule(ledger.db, { accountId, settings, consent: await aConsent(ledger) });
    expect(rule).toMatchObject({ paymentMethod: 'pm_2', paused: 'card-declined' });
  });

  test('of an account without a rule is none', async () => {
    const accountId = await ledger.newAccount();
    expect(await pauseAutoTopUp(ledger.db, { accountId, because: 'card-declined' })).toBe(false);
  });
});

describe('the database refuses', () => {
  /** Even from the owner, whom no privilege stops. */
  const asOwner = (statement: string, accountId: bigint) => ledger.asOwner(statement, [accountId]);

  test.each([
    ['to switch a rule on', 'enabled = true'],
    ['another threshold', 'threshold = 501'],
    ['another limit', 'monthly_limit_cents = 1'],
    ['another card', `payment_method = 'pm_other'`],
    ['an older version again', 'version = 1, enabled = true'],
    ['a version that nobody agreed to', 'version = 3'],
  ])('%s without a consent to it', async (_, change) => {
    const accountId = await accountWithRule(ledger);
    const off = { ...SETTINGS, enabled: false };
    await setAutoTopUpRule(ledger.db, { accountId, settings: off, consent: await aConsent(ledger) });
    await expect(
      asOwner(`UPDATE auto_top_up_rules SET ${change} WHERE account_id = $1`, accountId),
    ).rejects.toThrow('nobody agreed to this rule');
  });

  test('a first rule without a consent', async () => {
    const accountId = await ledger.newAccount();
    await expect(
      asOwner(
        `INSERT INTO auto_top_up_rules (account_id, version, enabled, threshold, mode, target, monthly_limit_cents, updated_at)
         VALUES ($1, 1, true, 1, 'target', 2, 1, now())`,
        accountId,
      ),
    ).rejects.toThrow('nobody agreed to this rule');
  });

  test('to change or remove a consent', async () => {
    const accountId = await accountWithRule(ledger);
    for (const change of [
      `UPDATE auto_top_up_consents SET text_shown = 'x'`,
      'DELETE FROM auto_top_up_consents',
    ]) {
      await expect(asOwner(`${change} WHERE account_id = $1`, accountId)).rejects.toThrow('append-only');
    }
    await expect(ledger.asOwner('TRUNCATE auto_top_up_consents CASCADE')).rejects.toThrow('append-only');
  });

  test('the app to write either table by itself', async () => {
    for (const statement of [
      'UPDATE auto_top_up_rules SET enabled = false',
      'DELETE FROM auto_top_up_rules',
      'INSERT INTO auto_top_up_consents SELECT * FROM auto_top_up_consents',
    ]) {
      await expect(ledger.db.pool.query(statement)).rejects.toThrow('permission denied');
    }
  });
});

test('all of this left a sound ledger', async () => {
  expect(await ledger.audit()).toEqual([]);
});
