import fc from 'fast-check';
import { expect, test } from 'vitest';

import { aSandbox } from '../testing';
import { runs, step, type World } from './walk';

const TOTAL = 1000;
const PART = 300;

const calls = [
  'finalize',
  'pay',
  'wire',
  'void',
  'uncollectible',
  'delete',
  'edit',
  'send',
  'add line',
  'change line',
  'remove line',
  'attach',
  'credit',
  'later',
] as const;
type Call = (typeof calls)[number];

const card = fc.constantFrom('pm_card_visa', 'pm_card_chargeCustomerFail', 'pm_card_authenticationRequired');
const steps = fc.array(fc.record({ call: fc.constantFrom(...calls), card }), { maxLength: 9 });

type Kept = NonNullable<ReturnType<World['sandbox']['store']['invoices']['get']>>;

/** In which states Stripe does what is asked. */
const states: Record<Exclude<Call, 'credit'>, string[]> = {
  finalize: ['draft'],
  pay: ['draft', 'open', 'uncollectible'],
  wire: ['draft', 'open', 'uncollectible'],
  void: ['open', 'uncollectible'],
  uncollectible: ['open'],
  delete: ['draft'],
  edit: ['draft'],
  send: ['draft', 'open', 'paid'],
  'add line': ['draft'],
  'change line': ['draft'],
  'remove line': ['draft'],
  attach: ['open'],
  later: ['draft', 'open', 'uncollectible', 'paid', 'void'],
};

const credited = (invoice: Kept) =>
  invoice.pre_payment_credit_notes_amount + invoice.post_payment_credit_notes_amount;

const mayCredit = (invoice: Kept) => {
  const isLeft = credited(invoice) + PART <= invoice.total;
  if (invoice.status === 'open') return isLeft && invoice.amount_remaining >= PART;
  return invoice.status === 'paid' && isLeft;
};

const mayRemove = ({ lines }: Kept) => lines.data.length > 0;

const isLegal = (call: Call, invoice: Kept): boolean => {
  if (call === 'credit') return mayCredit(invoice);
  if (call === 'change line' || call === 'remove line') {
    return states[call].includes(invoice.status ?? '') && mayRemove(invoice);
  }
  return states[call].includes(invoice.status ?? '');
};

const anInvoice = async () => {
  const world = aSandbox();
  const { stripe, sandbox, pass } = world;
  const { id: customer } = await stripe.customers.create({});
  const { id } = await stripe.invoices.create({
    customer,
    collection_method: 'send_invoice',
    days_until_due: 30,
  });
  await stripe.invoiceItems.create({ invoice: id, amount: TOTAL, currency: 'usd' });
  const line = () => sandbox.store.invoices.get(id)?.lines.data.at(-1)?.id ?? 'il_none';
  const apart = () =>
    stripe.paymentIntents.create({
      amount: PART,
      currency: 'usd',
      customer,
      payment_method: 'pm_card_visa',
      confirm: true,
      allowed_payment_method_types: ['card'],
    });
  const asked: Record<Call, (card: string) => Promise<unknown>> = {
    finalize: () => stripe.invoices.finalizeInvoice(id),
    pay: (method) => stripe.invoices.pay(id, { payment_method: method }),
    wire: () => stripe.invoices.pay(id, { paid_out_of_band: true }),
    void: () => stripe.invoices.voidInvoice(id),
    uncollectible: () => stripe.invoices.markUncollectible(id),
    delete: () => stripe.invoices.del(id),
    edit: () => stripe.invoices.update(id, { description: 'Changed' }),
    send: () => stripe.invoices.sendInvoice(id),
    'add line': () => stripe.invoices.addLines(id, { lines: [{ amount: 200 }] }),
    'change line': () => stripe.invoices.updateLineItem(id, line(), { amount: 250 }),
    'remove line': () => stripe.invoices.removeLines(id, { lines: [{ id: line(), behavior: 'delete' }] }),
    attach: (intent) => stripe.invoices.attachPayment(id, { payment_intent: intent }),
    credit: () => {
      const isPaid = sandbox.store.invoices.get(id)?.status === 'paid';
      return stripe.creditNotes.create({
        invoice: id,
        ...(isPaid ? { out_of_band_amount: PART } : { amount: PART }),
      });
    },
    later: () => {
      pass(20 * 24 * 60 * 60);
      return sandbox.tick();
    },
  };
  return { ...world, id, asked, apart };
};

/** What the cards of its payments were charged, whatever became of them. */
const charged = ({ sandbox: { store } }: World, id: string) =>
  [...store.invoice_payments.oldestFirst(undefined, { by: 'invoice', is: id })].reduce((sum, payment) => {
    const intent = store.payment_intents.get(payment.payment.payment_intent ?? '');
    return sum + (intent?.amount_received ?? 0);
  }, 0);

/** What is true of an invoice after every step. */
const expectSound = (world: World, before: Kept, after: Kept) => {
  const { store } = world.sandbox;
  const isOver = before.status === 'paid' || before.status === 'void';
  expect(isOver && after.status !== before.status).toBe(false);
  expect(after.number === null).toBe(after.status === 'draft');
  expect(after.total).toBe(after.lines.data.reduce((sum, { amount }) => sum + amount, 0));
  expect(after.amount_due).toBe(Math.max(0, after.total) - after.pre_payment_credit_notes_amount);
  if (after.status === 'open' || after.status === 'uncollectible') {
    expect(after.amount_remaining).toBe(after.amount_due - after.amount_paid);
  }
  if (after.status === 'paid') {
    expect(after.amount_remaining).toBe(0);
    expect(after.amount_paid).toBe(after.amount_due + after.amount_overpaid);
  }
  expect(charged(world, after.id)).toBe(after.amount_paid - (after.amount_paid_off_stripe ?? 0));
  const payments = [...store.invoice_payments.oldestFirst(undefined, { by: 'invoice', is: after.id })];
  const open = payments.filter(({ status }) => status === 'open');
  if (after.status !== 'open' && after.status !== 'uncollectible') expect(open).toEqual([]);
  for (const { payment } of open) {
    expect(store.payment_intents.get(payment.payment_intent ?? '')?.amount).toBe(after.amount_remaining);
  }
};

test('an invoice moves only along its machine, and its money adds up', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (walk) => {
      const world = await anInvoice();
      const { asked, apart, id, sandbox } = world;
      expect(sandbox.store.invoices.get(id)?.status).toBe('draft');
      for (const { call, card: method } of walk) {
        const argument = call === 'attach' ? (await apart()).id : method;
        const before = sandbox.store.invoices.get(id);
        if (before === null) break;
        await step(world, isLegal(call, before), () => asked[call](argument));
        const after = sandbox.store.invoices.get(id);
        if (after === null) break;
        expectSound(world, before, after);
      }
    }),
    runs,
  );
});
