import { beforeAll, describe, expect, test } from 'vitest';

import type { StaffAccountCtx } from '@/lib/db/context';
import { cents } from '@/lib/domain/credits';
import { topUp } from '@/test/database/ledger-account';
import { actionsIn } from '@/test/staff/actions';
import { purchasesIn } from '@/test/stripe/purchases';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { locatePayment } from './locate-payment';
import { refundPurchase } from './refund-purchase';
import { repairPurchase } from './repair-purchase';

const { ledger, stripe } = await ledgerAndStripe();
const shop = purchasesIn(ledger, stripe);
const { at, entriesOf, linesAbout } = actionsIn(ledger);
beforeAll(() => {
  stripe.sandbox.switches.checkoutInvoice = 'in_completed_event';
});

const AN_HOUR_MS = 3_600_000;
/** The same person, when what is paid is no news any more. */
const later = (ctx: StaffAccountCtx): StaffAccountCtx => ({
  ...ctx,
  now: new Date(ctx.now.getTime() + AN_HOUR_MS),
});

/** A purchase that was paid, and of which nobody here has heard; Stripe's names of it. */
async function aLostPurchase() {
  const purchase = await shop.aPaidPurchase();
  const [row] = await ledger.asOwner<{ session: string }>(
    'SELECT stripe_session AS session FROM top_ups WHERE id = $1',
    [purchase.id],
  );
  const joan = later(await at('support', purchase.buyer.accountId));
  return { ...purchase, session: row?.session ?? '', joan };
}

describe('where the money is', () => {
  test('of a purchase that was credited: at Stripe, in a line, with what is left of it', async () => {
    const { buyer, id, payment, invoice } = await shop.aCreditedPurchase();
    const joan = await at('support', buyer.accountId);
    for (const text of [payment, invoice, id]) {
      const [located] = await locatePayment(joan, { text });
      expect(located, text).toMatchObject({
        topUpId: id,
        is: 'credited',
        stripe: { payment, isPaid: true, received: 50_00n },
        entry: { seq: 1n, remaining: 5_000_000_000n },
        findings: [],
      });
    }
    expect(await linesAbout(payment)).toEqual(['locate-payment']);
  });

  test('of one whose money went back, in part: that, and what it left', async () => {
    const { buyer, id, payment } = await shop.aCreditedPurchase();
    await refundPurchase(buyer, {
      id: crypto.randomUUID(),
      topUpId: id,
      amount: cents(10_00n),
      reason: null,
      memo: null,
    });
    const [located] = await locatePayment(await at('support', buyer.accountId), { text: payment });
    expect(located).toMatchObject({ is: 'gone-back', back: [{ kind: 'refund', amount: 10_00n }] });
  });

  test('of one that was paid a moment ago: on its way; an hour later, missing', async () => {
    const { session, buyer, joan } = await aLostPurchase();
    const [now] = await locatePayment(await at('support', buyer.accountId), { text: session });
    expect(now).toMatchObject({ is: 'on-its-way', entry: null });
    const [then] = await locatePayment(joan, { text: session });
    expect(then).toMatchObject({
      is: 'missing',
      findings: [{ class: 'paid-not-credited', entry: 5_000_000_000n }],
    });
    expect(await entriesOf(buyer.accountId)).toEqual([]);
  });

  test('is found by a payment that our rows have never seen, by the mark that it carries', async () => {
    const { session, id, joan } = await aLostPurchase();
    const [before] = await locatePayment(joan, { text: session });
    const payment = before?.stripe.payment ?? '';
    expect(await ledger.asOwner('SELECT 1 FROM stripe_payments WHERE payment = $1', [payment])).toEqual([]);
    expect(await locatePayment(joan, { text: payment })).toMatchObject([{ topUpId: id, is: 'missing' }]);
  });

  test.each(['pi_nothing', 'in_nothing', 'cs_nothing', 'nobody@example.com', ''])(
    'of %s is nowhere',
    async (text) => {
      expect(await locatePayment(await at('support'), { text })).toEqual([]);
    },
  );
});

describe('the repair', () => {
  const wanted = (topUpId: string) => ({ topUpId, reason: 'Ticket 11' });

  test('credits what was missing, once, however often it is asked for', async () => {
    const { id, buyer, joan } = await aLostPurchase();
    await Promise.all([repairPurchase(joan, wanted(id)), repairPurchase(joan, wanted(id))]).catch(
      () => undefined,
    );
    await expect(repairPurchase(joan, wanted(id))).rejects.toMatchObject({ code: 'conflict' });
    expect(await entriesOf(buyer.accountId)).toEqual([{ kind: 'topup', credits: 5000 }]);
    expect(await linesAbout(id)).toContain('repair-purchase');
  });

  test('is nobody’s who is a member of the account', async () => {
    const { id, buyer } = await aLostPurchase();
    const joan = later(await at('admin', buyer.accountId, [buyer.accountId]));
    await expect(repairPurchase(joan, wanted(id))).rejects.toMatchObject({ code: 'forbidden' });
    expect(await entriesOf(buyer.accountId)).toEqual([]);
  });

  test('that takes credits away is not support’s', async () => {
    const accountId = await ledger.newAccount();
    const id = await topUp(ledger, accountId, 5_000_000_000n);
    const before = await entriesOf(accountId);
    const joan = later(await at('support', accountId));
    await expect(repairPurchase(joan, wanted(id))).rejects.toMatchObject({ code: 'forbidden' });
    expect(await entriesOf(accountId)).toEqual(before);
    await repairPurchase(later(await at('finance', accountId)), wanted(id));
    expect(await entriesOf(accountId)).toEqual([...before, { kind: 'adjustment', credits: -5000 }]);
  });
});
