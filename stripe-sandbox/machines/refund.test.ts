import fc from 'fast-check';
import { expect, test } from 'vitest';

import { aSandbox } from '../testing';
import { runs, step } from './walk';

const TOTAL = 1000;

const steps = fc.array(
  fc.oneof(
    fc.record({ call: fc.constant('refund' as const), amount: fc.constantFrom(1, 300, 600, TOTAL) }),
    fc.record({
      call: fc.constantFrom('rest', 'cancel', 'note', 'later', 'dispute'),
      amount: fc.constant(0),
    }),
  ),
  { maxLength: 8 },
);
const card = fc.constantFrom('pm_card_visa', 'pm_card_pendingRefund', 'pm_card_refundFail');

const next: Record<string, string[]> = {
  new: ['pending', 'succeeded'],
  pending: ['pending', 'succeeded'],
  succeeded: ['succeeded', 'failed'],
  failed: ['failed'],
};

test('refunds never give back more than was taken, and move only along their machine', async () => {
  await fc.assert(
    fc.asyncProperty(card, steps, async (method, walk) => {
      const world = aSandbox();
      const { control, pass, sandbox, stripe } = world;
      const { store } = sandbox;
      const intent = await stripe.paymentIntents.create({
        amount: TOTAL,
        currency: 'usd',
        payment_method: method,
        confirm: true,
        allowed_payment_method_types: ['card'],
      });
      const id = intent.latest_charge as string;
      const charge = () => stripe.charges.retrieve(id);
      const refunds = () => [...store.refunds.oldestFirst(undefined, { by: 'charge', is: id })];
      const refund = (amount: number) =>
        stripe.refunds.create({ payment_intent: intent.id, ...(amount === 0 ? {} : { amount }) });
      for (const { call, amount } of walk) {
        const { amount_refunded: before, disputed } = await charge();
        const known = new Map(refunds().map((one) => [one.id, one.status ?? '']));
        const latest = refunds().at(-1)?.id ?? 're_none';
        const left = TOTAL - before;
        if (call === 'refund') await step(world, !disputed && amount <= left, () => refund(amount));
        if (call === 'rest') await step(world, !disputed && left > 0, () => refund(0));
        if (call === 'cancel') await step(world, false, () => stripe.refunds.cancel(latest));
        if (call === 'note') {
          const write = () => stripe.refunds.update(latest, { metadata: { seen: 'yes' } });
          await step(world, known.has(latest), write);
        }
        if (call === 'dispute' && !disputed) await control(`/charges/${id}/dispute`, {});
        if (call === 'later') {
          pass(6);
          await sandbox.tick();
        }
        for (const { id: one, status } of refunds()) {
          expect(next[known.get(one) ?? 'new']).toContain(status);
        }
        const standing = refunds().filter(({ status }) => status !== 'failed');
        const given = standing.reduce((sum, one) => sum + one.amount, 0);
        const after = await charge();
        expect(after.amount_refunded).toBe(given);
        expect(after.refunded).toBe(given === TOTAL);
        expect(given).toBeLessThanOrEqual(TOTAL);
        const arrived = standing.filter(({ status }) => status === 'succeeded');
        const moved = [...store.balance_transactions.oldestFirst()]
          .filter(({ type }) => type === 'refund' || type === 'refund_failure')
          .reduce((sum, one) => sum + one.amount, 0);
        expect(moved + arrived.reduce((sum, one) => sum + one.amount, 0)).toBe(0);
      }
    }),
    runs,
  );
});
