import fc from 'fast-check';
import type { Stripe } from 'stripe';
import { expect, test } from 'vitest';

import { aSandbox } from '../testing';
import { runs, step } from './walk';

const TOTAL = 1000;

const amount = fc.constantFrom(1, 250, 400, TOTAL);
const steps = fc.array(
  fc.oneof(
    fc.record({ call: fc.constantFrom('less', 'refund', 'credit', 'wire', 'preview'), amount }),
    fc.record({ call: fc.constantFrom('void', 'pay', 'decline', 'note'), amount: fc.constant(0) }),
  ),
  { maxLength: 8 },
);

/** How what a note gives back is given. */
const given = (call: string, much: number): Partial<Stripe.CreditNoteCreateParams> => {
  if (call === 'refund') return { refund_amount: much };
  if (call === 'credit') return { credit_amount: much };
  if (call === 'wire') return { out_of_band_amount: much };
  return { amount: much };
};

test('credit notes take back no more than the invoice, and each cent once', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (walk) => {
      const world = aSandbox();
      const { sandbox, stripe } = world;
      const { store } = sandbox;
      const { id: customer } = await stripe.customers.create({});
      const { id: invoice } = await stripe.invoices.create({ customer });
      await stripe.invoiceItems.create({ invoice, amount: TOTAL, currency: 'usd' });
      await stripe.invoices.finalizeInvoice(invoice);
      const notes = () => [...store.credit_notes.oldestFirst(undefined, { by: 'invoice', is: invoice })];
      const issued = () => notes().filter(({ status }) => status === 'issued');
      const credited = () => issued().reduce((sum, { total }) => sum + total, 0);
      for (const { call, amount: much } of walk) {
        const now = await stripe.invoices.retrieve(invoice);
        const isPaid = now.status === 'paid';
        const latest = notes().at(-1);
        const known = notes().length;
        let isMade = false;
        if (['less', 'refund', 'credit', 'wire', 'preview'].includes(call)) {
          const isLeft = credited() + much <= TOTAL;
          const takesLess = call === 'less' || call === 'preview';
          const refundable = call !== 'refund' || isPaid;
          const isLegal = isLeft && takesLess !== isPaid && refundable;
          isMade = isLegal && call !== 'preview';
          const params = { invoice, ...given(call, much) };
          await step(world, isLegal, () =>
            call === 'preview' ? stripe.creditNotes.preview(params) : stripe.creditNotes.create(params),
          );
        }
        if (call === 'void') {
          const isLegal = latest?.status === 'issued' && !isPaid;
          await step(world, isLegal, () => stripe.creditNotes.voidCreditNote(latest?.id ?? 'cn_none'));
        }
        if (call === 'note') {
          const write = () => stripe.creditNotes.update(latest?.id ?? 'cn_none', { memo: 'Désolée' });
          await step(world, latest !== undefined, write);
        }
        if (call === 'pay' || call === 'decline') {
          const method = call === 'pay' ? 'pm_card_visa' : 'pm_card_chargeCustomerFail';
          await step(world, !isPaid, () => stripe.invoices.pay(invoice, { payment_method: method }));
        }
        expect(notes()).toHaveLength(known + (isMade ? 1 : 0));
        const after = await stripe.invoices.retrieve(invoice);
        expect(credited()).toBeLessThanOrEqual(TOTAL);
        const before = issued().reduce((sum, note) => sum + note.pre_payment_amount, 0);
        expect(after.amount_due).toBe(TOTAL - before);
        expect(after.pre_payment_credit_notes_amount).toBe(before);
        expect(after.post_payment_credit_notes_amount).toBe(credited() - before);
        const refunded = [...store.charges.oldestFirst()].reduce((sum, one) => sum + one.amount_refunded, 0);
        const balance = store.customers.get(customer)?.balance ?? 0;
        const wired = issued().reduce((sum, note) => sum + (note.out_of_band_amount ?? 0), 0);
        expect(refunded - balance + wired).toBe(credited() - before);
      }
    }),
    runs,
  );
});
