import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, test } from 'vitest';

import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import { findStaffAction } from '@/lib/db/staff-actions';
import { cents, wholeCredits } from '@/lib/domain/credits';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { accountWithRule } from '@/test/database/auto-top-up';
import { actionsIn } from '@/test/staff/actions';
import { loseTheAnswer } from '@/test/stripe/automatic-account';
import { purchasesIn } from '@/test/stripe/purchases';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { askForStaffAction } from './ask-for-staff-action';
import { decideStaffAction } from './decide-staff-action';
import { planStaffAction } from './plan-staff-action';
import { resumeAutoTopUp } from './resume-auto-top-up';

const { ledger, stripe } = await ledgerAndStripe();
const shop = purchasesIn(ledger, stripe);
const { at, entriesOf, linesAbout, stateOf } = actionsIn(ledger);
beforeAll(() => {
  stripe.sandbox.switches.checkoutInvoice = 'in_completed_event';
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
    const lasts = new Date(Date.now() + 7 * 86_400_000);
    const bonus = {
      id: randomUUID(),
      kind: 'bonus',
      amount: wholeCredits(50n),
      lasts,
      reason: 'For waiting',
    } as const;
    await askForStaffAction(joan, bonus);
    const [grant] = await ledger.asOwner('SELECT kind, expires_at FROM grants WHERE account_id = $1', [
      joan.accountId,
    ]);
    expect(grant).toEqual({ kind: 'bonus', expires_at: lasts });
    const late = { ...bonus, id: randomUUID(), lasts: new Date(Date.now() - 86_400_000) };
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
      outcome: expect.stringContaining('cannot be given back'),
    });
    expect(await linesAbout(waits.id)).toEqual(['ask-for-action', 'approve-action', 'fail-action']);
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 0, held: 0 });
  });
});

test('after all of it the ledger is sound', async () => {
  expect(await ledger.audit()).toEqual([]);
});
