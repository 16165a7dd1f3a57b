import fc from 'fast-check';
import { Stripe } from 'stripe';
import { expect, test } from 'vitest';

import { aSandbox } from './testing';

type World = ReturnType<typeof aSandbox>;

/** Everything that is kept and that a refused call must leave alone. */
const state = ({ sandbox: { store } }: World) =>
  JSON.stringify([
    ...store.payment_intents.oldestFirst(),
    ...store.invoices.oldestFirst(),
    ...store.invoice_payments.oldestFirst(),
    ...store.setup_intents.oldestFirst(),
    ...store.events.oldestFirst(),
    ...store.charges.oldestFirst(),
  ]);

/** Done, declined by a bank, or refused with nothing changed. */
const attempt = async (
  world: World,
  call: () => Promise<unknown>,
): Promise<'done' | 'declined' | 'refused'> => {
  const before = state(world);
  try {
    await call();
    return 'done';
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    if (error.statusCode === 402) return 'declined';
    expect(error.statusCode).toBe(400);
    expect(state(world)).toBe(before);
    return 'refused';
  }
};

const card = fc.constantFrom('pm_card_visa', 'pm_card_chargeCustomerFail', 'pm_card_authenticationRequired');
const runs = { numRuns: 40 };
const back = { return_url: 'http://app.test/back' };

const intentStep = fc.oneof(
  fc.record({ call: fc.constant('confirm' as const), card }),
  fc.record({ call: fc.constant('cancel' as const), card }),
  fc.record({ call: fc.constantFrom('complete' as const, 'fail' as const), card }),
);

test('a PaymentIntent moves only along its machine', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(intentStep, { maxLength: 8 }), async (steps) => {
      const world = aSandbox();
      const { stripe, post } = world;
      const { id } = await stripe.paymentIntents.create({ amount: 500, currency: 'usd' });
      for (const step of steps) {
        const before = await stripe.paymentIntents.retrieve(id);
        const isOver = before.status === 'succeeded' || before.status === 'canceled';
        let how: Awaited<ReturnType<typeof attempt>> | null = null;
        if (step.call === 'complete' || step.call === 'fail') {
          const url = before.next_action?.redirect_to_url?.url;
          if (typeof url === 'string') await post(url, { answer: step.call });
        } else {
          how = await attempt(world, () =>
            step.call === 'confirm'
              ? stripe.paymentIntents.confirm(id, { payment_method: step.card, ...back })
              : stripe.paymentIntents.cancel(id),
          );
        }
        expect(how === null || (how === 'refused') === isOver).toBe(true);
        const after = await stripe.paymentIntents.retrieve(id);
        expect(isOver && after.status !== before.status).toBe(false);
        expect(after.amount_received).toBe(after.status === 'succeeded' ? 500 : 0);
        expect(after.next_action === null).toBe(after.status !== 'requires_action');
      }
      const charges = await stripe.charges.list({ payment_intent: id, limit: 100 });
      const taken = charges.data.filter(({ status }) => status === 'succeeded');
      const { status } = await stripe.paymentIntents.retrieve(id);
      expect(taken).toHaveLength(status === 'succeeded' ? 1 : 0);
    }),
    runs,
  );
});

const invoiceStep = fc.record({
  call: fc.constantFrom('finalize', 'pay', 'wire', 'void', 'uncollectible', 'delete', 'edit'),
  card,
});
type InvoiceCall = 'finalize' | 'pay' | 'wire' | 'void' | 'uncollectible' | 'delete' | 'edit';

/** In which states Stripe does what is asked. */
const legal: Record<InvoiceCall, string[]> = {
  finalize: ['draft'],
  pay: ['draft', 'open', 'uncollectible'],
  wire: ['draft', 'open', 'uncollectible'],
  void: ['open', 'uncollectible'],
  uncollectible: ['open'],
  delete: ['draft'],
  edit: ['draft'],
};

test('an invoice moves only along its machine', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(invoiceStep, { maxLength: 8 }), async (steps) => {
      const world = aSandbox();
      const { stripe, sandbox } = world;
      const { id: customer } = await stripe.customers.create({});
      const { id } = await stripe.invoices.create({ customer });
      await stripe.invoiceItems.create({ invoice: id, amount: 500, currency: 'usd' });
      const calls: Record<InvoiceCall, (card: string) => Promise<unknown>> = {
        finalize: () => stripe.invoices.finalizeInvoice(id),
        pay: (method) => stripe.invoices.pay(id, { payment_method: method }),
        wire: () => stripe.invoices.pay(id, { paid_out_of_band: true }),
        void: () => stripe.invoices.voidInvoice(id),
        uncollectible: () => stripe.invoices.markUncollectible(id),
        delete: () => stripe.invoices.del(id),
        edit: () => stripe.invoices.update(id, { description: 'Changed' }),
      };
      for (const step of steps) {
        const before = sandbox.store.invoices.get(id);
        if (before === null) break;
        const how = await attempt(world, () => calls[step.call as InvoiceCall](step.card));
        expect(how === 'refused').toBe(!legal[step.call as InvoiceCall].includes(before.status ?? ''));
        const after = sandbox.store.invoices.get(id);
        if (after === null) break;
        const isOver = before.status === 'paid' || before.status === 'void';
        expect(isOver && after.status !== before.status).toBe(false);
        expect(after.number === null).toBe(after.status === 'draft');
        expect(after.amount_paid).toBe(after.status === 'paid' ? 500 : 0);
      }
    }),
    runs,
  );
});

const setupStep = fc.record({
  call: fc.constantFrom('confirm', 'cancel', 'complete', 'fail'),
  card: fc.constantFrom('pm_card_visa', 'pm_card_chargeDeclined', 'pm_card_authenticationRequired'),
});

test('a SetupIntent moves only along its machine', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(setupStep, { maxLength: 8 }), async (steps) => {
      const world = aSandbox();
      const { stripe, post } = world;
      const { id } = await stripe.setupIntents.create({});
      for (const step of steps) {
        const before = await stripe.setupIntents.retrieve(id);
        const isOver = before.status === 'succeeded' || before.status === 'canceled';
        let how: Awaited<ReturnType<typeof attempt>> | null = null;
        if (step.call === 'complete' || step.call === 'fail') {
          const url = before.next_action?.redirect_to_url?.url;
          if (typeof url === 'string') await post(url, { answer: step.call });
        } else {
          how = await attempt(world, () =>
            step.call === 'confirm'
              ? stripe.setupIntents.confirm(id, { payment_method: step.card, ...back })
              : stripe.setupIntents.cancel(id),
          );
        }
        expect(how === null || (how === 'refused') === isOver).toBe(true);
        const after = await stripe.setupIntents.retrieve(id);
        expect(isOver && after.status !== before.status).toBe(false);
        expect(after.next_action === null).toBe(after.status !== 'requires_action');
      }
    }),
    runs,
  );
});
