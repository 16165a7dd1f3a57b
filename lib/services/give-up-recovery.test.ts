import { describe, expect, test } from 'vitest';

import { resumeAutoTopUp } from '@/lib/db/auto-top-up-rules';
import { stripe as stripeApi } from '@/lib/stripe/client';
import {
  BACK,
  CHALLENGED,
  DECLINED,
  PAID_ONCE,
  recoveriesIn,
  type Stuck,
} from '@/test/recovery/stuck-account';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { giveUpRecovery } from './give-up-recovery';
import { openCardForRecovery } from './open-card-for-recovery';
import { reconcileTopUp } from './reconcile-top-up';
import { resumeAutoTopUp as letGoOn } from './resume-auto-top-up';
import { runAutoTopUp } from './run-auto-top-up';

const DAY_MS = 86_400_000;

const { ledger, stripe } = await ledgerAndStripe();
const {
  answers,
  attach,
  chargesOf,
  handleDeliveries,
  invoiceOf,
  outcomeOf,
  pausedOf,
  pay,
  stateOf,
  stuck,
  work,
} = recoveriesIn(ledger, stripe);

describe('a payment that is given up', () => {
  test('has its invoice voided, stays paused, and can no longer be paid', async () => {
    const account = await stuck(DECLINED);
    await giveUpRecovery(account.ctx, account);
    await giveUpRecovery(account.ctx, account);
    expect(await pay(account)).toBeNull();
    expect(await openCardForRecovery(account.ctx, { topUpId: account.topUpId, returnUrl: BACK })).toBeNull();
    await work(account);
    expect((await invoiceOf(account)).status).toBe('void');
    expect(await stateOf(account)).toEqual({ kind: 'given-up' });
    expect(await pausedOf(account)).toBe('card-declined');
    await handleDeliveries(account);
    expect(await stateOf(account)).toEqual({ kind: 'given-up' });
    expect(await chargesOf(account)).toEqual(['failed']);
    await expect(giveUpRecovery(account.ctx, { topUpId: crypto.randomUUID() })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('is credited all the same where the money came first', async () => {
    const account = await stuck(CHALLENGED);
    const bank = await pay(account);
    await giveUpRecovery(account.ctx, account);
    await answers(bank, 'complete');
    await work(account);
    expect(await outcomeOf(account)).toEqual(PAID_ONCE);
  });

  test.each([
    { when: 'after a week', days: 7, lapses: true },
    { when: 'and not before', days: 6.9, lapses: false },
  ])('lapses by itself $when', async ({ days, lapses }) => {
    const account = await stuck(DECLINED);
    const later = { ...account.ctx, now: new Date(account.ctx.now.getTime() + days * DAY_MS) };
    await work({ ...account, ctx: later });
    expect((await invoiceOf(account)).status).toBe(lapses ? 'void' : 'open');
    expect((await stateOf(account))?.kind).toBe(lapses ? 'lapsed' : 'declined');
    expect(await pausedOf(account)).toBe('card-declined');
  });

  test.each(['the worker', 'the next decision'])(
    'can still be paid until another may be made, where auto top-up goes on without it: %s',
    async (who) => {
      const account = await stuck(DECLINED);
      const other = await attach(account, 'pm_card_visa');
      await stripeApi().customers.update(account.customer, {
        invoice_settings: { default_payment_method: other },
      });
      await letGoOn(account.ctx);
      if (who === 'the worker') await work(account);
      const { decision, topUpId } = await runAutoTopUp(account.ctx, { kind: 'scheduled' });
      expect({ decision, topUpId }).toMatchObject({ decision: { because: 'backing-off' }, topUpId: null });
      await work(account);
      expect((await invoiceOf(account)).status).toBe('open');
      expect(await pay(account, 2, other)).toBeNull();
      expect(await outcomeOf(account)).toEqual(PAID_ONCE);
    },
  );

  test.each<{ how: string; end: (account: Stuck) => Promise<unknown> }>([
    { how: 'is given up', end: ({ ctx, topUpId }) => giveUpRecovery(ctx, { topUpId }) },
    {
      how: 'is a week old',
      end: (account) => work({ ...account, ctx: { ...account.ctx, now: new Date(Date.now() + 7 * DAY_MS) } }),
    },
    {
      how: 'was voided in the dashboard',
      end: async (account) => {
        await stripeApi().invoices.voidInvoice((await invoiceOf(account)).id ?? '');
        await handleDeliveries(account);
      },
    },
  ])(
    'stops auto top-up no longer than its customer wants, once it $how: the same card may be tried',
    async ({ end }) => {
      const account = await stuck(DECLINED);
      await expect(letGoOn(account.ctx)).rejects.toThrow('declined this very card');
      await end(account);
      await letGoOn(account.ctx);
      expect(await pausedOf(account)).toBeNull();
      await runAutoTopUp(account.ctx, { kind: 'scheduled' });
      await work(account);
      expect(await chargesOf(account)).toEqual(['failed']);
    },
  );

  test('does not stand in the way of the next one, charged to another card', async () => {
    const account = await stuck(DECLINED);
    const other = await attach(account, 'pm_card_visa');
    await stripeApi().customers.update(account.customer, {
      invoice_settings: { default_payment_method: other },
    });
    await resumeAutoTopUp(ledger.db, account.ctx.accountId);
    await ledger.asOwner(
      `UPDATE top_ups SET claimed_at = claimed_at - interval '2 hours' WHERE account_id = $1`,
      [account.ctx.accountId],
    );
    const { topUpId } = await runAutoTopUp(account.ctx, { kind: 'scheduled' });
    expect(topUpId).not.toBe(account.topUpId);
    await work({ ...account, topUpId: topUpId ?? '' });
    expect((await chargesOf(account)).toSorted()).toEqual(['failed', 'succeeded']);
    expect(await stateOf(account)).toEqual({ kind: 'lapsed' });
  });

  test('that is paid after all by the card it charges now lets auto top-up go on, which is told and done at once', async () => {
    const account = await stuck(DECLINED);
    const card = await attach(account, 'pm_card_visa');
    await stripeApi().customers.update(account.customer, {
      invoice_settings: { default_payment_method: card },
    });
    await pay(account, 2, card);
    expect(await pausedOf(account)).toBeNull();
    const id = account.ctx.accountId.toString();
    const keys = await ledger.asOwner<{ key: string }>(
      `SELECT key FROM graphile_worker.jobs
        WHERE key LIKE ANY (ARRAY['tell-auto-top-up-resumed:' || $1 || ':%', 'run-auto-top-up:' || $1]) ORDER BY key`,
      [id],
    );
    expect(keys.map(({ key }) => key)).toEqual([
      `run-auto-top-up:${id}`,
      expect.stringContaining('tell-auto-top-up-resumed:'),
    ]);
  });

  test('keeps its credits where staff took the money another way and marked it paid', async () => {
    const account = await stuck(DECLINED);
    await stripeApi().invoices.pay((await invoiceOf(account)).id ?? '', { paid_out_of_band: true });
    await handleDeliveries(account);
    const nextNight = { db: ledger.db, now: new Date(account.ctx.now.getTime() + DAY_MS) };
    const key = { accountId: account.ctx.accountId, id: account.topUpId };
    expect(await reconcileTopUp(nextNight, key, 'all')).toEqual([]);
    expect(await outcomeOf(account)).toEqual({ ...PAID_ONCE, charged: 0 });
  });

  test('lapses where it is voided in Stripe’s dashboard', async () => {
    const account = await stuck(DECLINED);
    await stripeApi().invoices.voidInvoice((await invoiceOf(account)).id ?? '');
    await handleDeliveries(account);
    expect(await stateOf(account)).toEqual({ kind: 'lapsed' });
  });
});

test('a day of a declining card is one attempt and one mail', async () => {
  const account = await stuck(DECLINED);
  for (let half = 1; half <= 48; half += 1) {
    const ctx = { ...account.ctx, now: new Date(account.ctx.now.getTime() + half * 1_800_000) };
    await runAutoTopUp(ctx, { kind: 'scheduled' });
    await work({ ...account, ctx });
  }
  expect(await chargesOf(account)).toEqual(['failed']);
  const queued = await ledger.asOwner('SELECT 1 FROM graphile_worker.jobs WHERE key = $1', [
    `tell-payment-needs-customer:${account.ctx.accountId}:${account.topUpId}`,
  ]);
  expect(queued).toHaveLength(1);
});
