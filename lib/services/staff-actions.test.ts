import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountId, StaffAccountCtx } from '@/lib/db/context';
import { findStaffAction } from '@/lib/db/staff-actions';
import { cents, wholeCredits } from '@/lib/domain/credits';
import type { StaffActionWanted } from '@/lib/domain/staff-action';
import type { StaffRole } from '@/lib/domain/staff-role';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { accountWithRule } from '@/test/database/auto-top-up';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';
import { staffIn } from '@/test/staff/staff';
import { loseTheAnswer } from '@/test/stripe/automatic-buyer';
import { purchasesIn } from '@/test/stripe/purchases';
import { stripeFixture, type StripeFixture } from '@/test/stripe/stripe-fixture';

import { askForStaffAction } from './ask-for-staff-action';
import { decideStaffAction } from './decide-staff-action';
import { planStaffAction } from './plan-staff-action';
import { resumeAutoTopUp } from './resume-auto-top-up';

let ledger: LedgerFixture;
let stripe: StripeFixture;
let shop: ReturnType<typeof purchasesIn>;
beforeAll(async () => {
  ledger = await ledgerFixture();
  stripe = await stripeFixture(ledger.urls.appUrl);
  stripe.sandbox.switches.checkoutInvoice = 'in_completed_event';
  shop = purchasesIn(ledger, stripe);
});
afterAll(async () => {
  await ledger.close();
  await stripe.close();
});

const at = async (
  role: StaffRole,
  accountId?: AccountId,
  own: readonly bigint[] = [],
): Promise<StaffAccountCtx> => ({
  ...(await staffIn(ledger, role, own)),
  accountId: accountId ?? (await ledger.newAccount()),
});
/** A dollar is a hundred credits. */
const credit = (dollars: bigint, id: string = randomUUID()): StaffActionWanted => ({
  id,
  kind: 'credit',
  amount: wholeCredits(dollars * 100n),
  reason: 'Ticket 7',
});
const entriesOf = (accountId: AccountId) =>
  shop.entriesOf({ accountId, db: ledger.db, now: new Date(), userId: '' });
const linesAbout = async (id: string) => {
  const rows = await ledger.asOwner<{ action: string; email: string }>(
    'SELECT action, email FROM audit_log WHERE object = $1 ORDER BY id',
    [id],
  );
  return rows.map(({ action }) => action);
};
const stateOf = async ({ accountId }: StaffAccountCtx, id: string) =>
  (await findStaffAction(ledger.db, { accountId, id }))?.state;

describe('what one of staff may do alone', () => {
  test('is done once, however often the form is sent, even at once', async () => {
    const joan = await at('support');
    const wanted = credit(20n);
    const ask = () => askForStaffAction(joan, wanted);
    await Promise.all([ask(), ask(), ask()]);
    await ask();
    expect(await entriesOf(joan.accountId)).toEqual([{ kind: 'adjustment', credits: 2000 }]);
    expect(await linesAbout(wanted.id)).toEqual(['ask-for-action', 'do-action']);
  });

  test('is planned first, and the plan changes nothing', async () => {
    const joan = await at('support');
    const plan = await planStaffAction(joan, credit(20n));
    expect(plan).toMatchObject({
      verdict: { kind: 'do' },
      worth: 20_00n,
      balanceBefore: 0n,
      balanceAfter: wholeCredits(2000n),
      obstacle: null,
    });
    expect(await entriesOf(joan.accountId)).toEqual([]);
  });

  test('is its limit within a day, also on many accounts and at once', async () => {
    const joan = await at('support');
    const others = await Promise.all([1, 2, 3, 4].map(() => ledger.newAccount()));
    const wanted = others.map((accountId) => ({ ctx: { ...joan, accountId }, action: credit(10n) }));
    await Promise.all(wanted.map(({ ctx, action }) => askForStaffAction(ctx, action)));
    const states = await Promise.all(wanted.map(({ ctx, action }) => stateOf(ctx, action.id)));
    expect(states.filter((state) => state === 'done')).toHaveLength(2);
    expect(states.filter((state) => state === 'waiting')).toHaveLength(2);
  });

  test('is never on an account of their own, and asking for it leaves nothing', async () => {
    const accountId = await ledger.newAccount();
    const joan = await at('admin', accountId, [accountId]);
    const wanted = credit(1n);
    await expect(askForStaffAction(joan, wanted)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await stateOf(joan, wanted.id)).toBeUndefined();
    expect(await entriesOf(accountId)).toEqual([]);
  });

  test('a form that was changed after it was used is refused', async () => {
    const joan = await at('support');
    const wanted = credit(5n);
    await askForStaffAction(joan, wanted);
    await expect(askForStaffAction(joan, { ...credit(6n), id: wanted.id })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await entriesOf(joan.accountId)).toEqual([{ kind: 'adjustment', credits: 500 }]);
  });
});

describe('what needs a second person', () => {
  test('waits, and is done when one agrees, once', async () => {
    const joan = await at('support');
    const hedy = await at('finance', joan.accountId);
    const wanted = credit(100n);
    await askForStaffAction(joan, wanted);
    expect(await stateOf(joan, wanted.id)).toBe('waiting');
    expect(await entriesOf(joan.accountId)).toEqual([]);
    const agree = () =>
      decideStaffAction(hedy, { id: wanted.id, decision: 'approve', because: 'Seen the ticket' });
    await Promise.all([agree(), agree()]);
    expect(await entriesOf(joan.accountId)).toEqual([{ kind: 'adjustment', credits: 10_000 }]);
    expect(await linesAbout(wanted.id)).toEqual(['ask-for-action', 'approve-action', 'do-action']);
  });

  test('is never done once it was declined', async () => {
    const joan = await at('support');
    const hedy = await at('finance', joan.accountId);
    const wanted = credit(100n);
    await askForStaffAction(joan, wanted);
    await decideStaffAction(hedy, { id: wanted.id, decision: 'decline', because: 'No ticket' });
    await decideStaffAction(hedy, { id: wanted.id, decision: 'approve', because: 'Changed my mind' });
    await askForStaffAction(joan, wanted);
    expect(await stateOf(joan, wanted.id)).toBe('declined');
    expect(await entriesOf(joan.accountId)).toEqual([]);
  });

  test.each<{ who: string; decider: (asker: StaffAccountCtx) => Promise<StaffAccountCtx> }>([
    { who: 'whoever asked', decider: async (asker) => asker },
    { who: 'support', decider: ({ accountId }) => at('support', accountId) },
    { who: 'a member of the account', decider: ({ accountId }) => at('admin', accountId, [accountId]) },
  ])('is not agreed to by $who', async ({ decider }) => {
    const asker = await at('finance');
    const wanted = credit(1_000n);
    await askForStaffAction(asker, wanted);
    const other = await decider(asker);
    await expect(
      decideStaffAction(other, { id: wanted.id, decision: 'approve', because: 'It is fine' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    expect(await stateOf(asker, wanted.id)).toBe('waiting');
  });

  test('is not there under another account', async () => {
    const asker = await at('support');
    const wanted = credit(100n);
    await askForStaffAction(asker, wanted);
    const elsewhere = await at('finance');
    await expect(
      decideStaffAction(elsewhere, { id: wanted.id, decision: 'approve', because: 'It is fine' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('the database itself refuses that whoever asked agrees', async () => {
    const joan = await at('support');
    const wanted = credit(100n);
    await askForStaffAction(joan, wanted);
    const forged = `UPDATE staff_actions SET state = 'doing', decided_by = asked_by, decided_at = now() WHERE id = '${wanted.id}'`;
    await expect(ledger.db.pool.query(forged)).rejects.toThrow('staff_actions_by_two');
    for (const what of ['amount = 1', 'worth_cents = 0', 'asked_by = asked_by', `reason = 'other'`])
      await expect(ledger.db.pool.query(`UPDATE staff_actions SET ${what}`)).rejects.toThrow(
        'permission denied',
      );
  });
});

describe('each action', () => {
  test('a debit takes credits, and may leave a debt', async () => {
    const hedy = await at('finance');
    const debit = {
      id: randomUUID(),
      kind: 'debit',
      amount: wholeCredits(300n),
      reason: 'Granted twice',
    } as const;
    expect((await planStaffAction(hedy, debit)).balanceAfter).toBe(wholeCredits(-300n));
    await askForStaffAction(hedy, debit);
    expect(await entriesOf(hedy.accountId)).toEqual([{ kind: 'adjustment', credits: -300 }]);
  });

  test('a bonus ends when it was said to; one that would have ended already is refused', async () => {
    const joan = await at('support');
    const expiresAt = new Date(Date.now() + 7 * 86_400_000);
    const bonus = {
      id: randomUUID(),
      kind: 'bonus',
      amount: wholeCredits(50n),
      expiresAt,
      reason: 'For waiting',
    } as const;
    await askForStaffAction(joan, bonus);
    const [grant] = await ledger.asOwner('SELECT kind, expires_at FROM grants WHERE account_id = $1', [
      joan.accountId,
    ]);
    expect(grant).toEqual({ kind: 'bonus', expires_at: expiresAt });
    const late = { ...bonus, id: randomUUID(), expiresAt: new Date(Date.now() - 86_400_000) };
    await expect(askForStaffAction(joan, late)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('an account is frozen at once by anyone, and thawed by two or by finance', async () => {
    const joan = await at('support');
    const frozen = async () => {
      const [row] = await ledger.asOwner<{ because: string | null }>(
        'SELECT frozen_because AS because FROM accounts WHERE account_id = $1',
        [joan.accountId],
      );
      return row?.because;
    };
    await askForStaffAction(joan, { id: randomUUID(), kind: 'freeze', reason: 'Stolen cards' });
    expect(await frozen()).toBe('Stolen cards');
    const thaw = { id: randomUUID(), kind: 'thaw', reason: 'It was her own card' } as const;
    await askForStaffAction(joan, thaw);
    expect(await frozen()).toBe('Stolen cards');
    await decideStaffAction(await at('admin', joan.accountId), {
      id: thaw.id,
      decision: 'approve',
      because: 'Agreed',
    });
    expect(await frozen()).toBeNull();
  });

  test('what staff paused only staff let go on, and a rule that its customer paused they do not', async () => {
    const joan = await at('support', await accountWithRule(ledger));
    const act = (kind: 'pause-auto-top-up' | 'resume-auto-top-up') =>
      askForStaffAction(joan, { id: randomUUID(), kind, reason: 'Looks automated' });
    const paused = async () => (await findAutoTopUpRule(ledger.db, joan.accountId))?.paused;
    await expect(act('resume-auto-top-up')).rejects.toMatchObject({ code: 'conflict' });
    await act('pause-auto-top-up');
    expect(await paused()).toBe('paused-by-staff');
    await ledger.asOwner('INSERT INTO stripe_customers (customer, account_id) VALUES ($1, $2)', [
      (await stripeApi().customers.create({ name: 'Acme' })).id,
      joan.accountId,
    ]);
    await expect(resumeAutoTopUp(joan)).rejects.toMatchObject({ code: 'conflict' });
    expect(await paused()).toBe('paused-by-staff');
    await act('resume-auto-top-up');
    expect(await paused()).toBeNull();
  });
});

describe('a refund', () => {
  const refund = (topUpId: string, amount: bigint, id: string = randomUUID()) =>
    ({ id, kind: 'refund', topUpId, amountCents: cents(amount), reason: 'Ticket 9' }) as const;

  test('says before what was used, what is left and what goes back; then goes back once', async () => {
    const { buyer, id, payment } = await shop.aCreditedPurchase();
    const joan = await at('support', buyer.accountId);
    const wanted = refund(id, 20_00n);
    expect(await planStaffAction(joan, wanted)).toMatchObject({
      refund: { paid: 50_00n, left: 50_00n, unused: wholeCredits(5000n), takes: wholeCredits(2000n) },
      balanceAfter: wholeCredits(3000n),
      verdict: { kind: 'do' },
    });
    await Promise.all([askForStaffAction(joan, wanted), askForStaffAction(joan, wanted)]);
    expect((await stripeApi().refunds.list({ payment_intent: payment })).data).toHaveLength(1);
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 3000, held: 0 });
    expect(await linesAbout(wanted.id)).toEqual(['ask-for-action', 'do-action']);
  });

  test('whose answer was lost is the same refund when it is sent again', async () => {
    const { buyer, id, payment } = await shop.aCreditedPurchase();
    const joan = await at('support', buyer.accountId);
    const wanted = refund(id, 10_00n);
    await loseTheAnswer(stripe, '/v1/credit_notes');
    await askForStaffAction(joan, wanted).catch(() => undefined);
    await askForStaffAction(joan, wanted);
    expect(await stateOf(joan, wanted.id)).toBe('done');
    expect((await stripeApi().refunds.list({ payment_intent: payment })).data).toHaveLength(1);
  });

  test('of more than is left is refused, and of another account’s purchase too', async () => {
    const { buyer, id } = await shop.aCreditedPurchase();
    const joan = await at('support', buyer.accountId);
    await expect(askForStaffAction(joan, refund(id, 50_01n))).rejects.toMatchObject({ code: 'conflict' });
    await expect(askForStaffAction(await at('support'), refund(id, 1_00n))).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 5000, held: 0 });
  });

  test('that was agreed to when nothing was left any more has failed, and says why', async () => {
    const { buyer, id } = await shop.aCreditedPurchase();
    const joan = await at('support', buyer.accountId);
    const hedy = await at('finance', buyer.accountId);
    await askForStaffAction(joan, refund(id, 1_00n));
    // Beyond what the day leaves to Joan alone, so that it waits.
    const waits = refund(id, 49_00n);
    await ledger.asOwner(`UPDATE staff_actions SET worth_cents = 5000 WHERE asked_by = $1`, [
      joan.staff.userId,
    ]);
    await askForStaffAction(joan, waits);
    expect(await stateOf(joan, waits.id)).toBe('waiting');
    await askForStaffAction(hedy, refund(id, 49_00n));
    await decideStaffAction(hedy, { id: waits.id, decision: 'approve', because: 'Seen the ticket' });
    expect(await findStaffAction(ledger.db, { accountId: joan.accountId, id: waits.id })).toMatchObject({
      state: 'failed',
      outcome: expect.stringContaining('more than is left'),
    });
    expect(await linesAbout(waits.id)).toEqual(['ask-for-action', 'approve-action', 'fail-action']);
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 0, held: 0 });
  });
});

test('after all of it the ledger is sound', async () => {
  expect(await ledger.audit()).toEqual([]);
});
