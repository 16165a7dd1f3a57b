import { redeem } from '../discounts';
import { emit } from '../events';
import { newId } from '../ids';
import { cancelIntent } from '../intents/payments';
import { cancelSetup } from '../intents/setups';
import { invoiceForCheckout } from '../invoicing/of-checkout';
import type { CheckoutSession } from '../objects';
import { keepCustomer } from '../resources/customers';
import { createTaxId, taxIdsOf } from '../resources/tax-ids';
import type { CheckoutDetails } from '../store';
import type { Context } from '../world';
import { customerDetails } from './customer-details';
import { detailsOf, knownSession } from './session';

/** What was said on the page is kept with the customer, as far as the session was asked to. */
const updateCustomer = (ctx: Context, { customer: id }: CheckoutSession, details: CheckoutDetails) => {
  const customer = id === null ? null : ctx.store.customers.get(id);
  const billing = details.submission?.billing;
  if (customer === null || billing === undefined) return;
  const { address, name } = details.customerUpdate;
  const said = details.place?.businessName ?? billing.name;
  const after = keepCustomer(ctx, customer, {
    ...customer,
    ...(address === 'auto' && typeof billing.address?.country === 'string'
      ? { address: billing.address }
      : {}),
    ...(name === 'auto' && said !== null ? { name: said } : {}),
  });
  const known = taxIdsOf(ctx, customer.id).map(({ type, value }) => `${type} ${value}`);
  for (const taxId of details.place?.taxIds ?? []) {
    if (!known.includes(`${taxId.type} ${taxId.value}`)) createTaxId(ctx, after, taxId);
  }
};

const laterInvoice = (ctx: Context, { id }: CheckoutSession) =>
  ctx.store.tasks.put({
    id: newId('task'),
    created: ctx.clock.seconds(),
    kind: 'invoice_checkout',
    subject: id,
    dueAt: ctx.clock.now() + 3000,
  });

/** Tells that a session was paid, and writes its invoice before, after or later. */
const tellPaid = (ctx: Context, session: CheckoutSession, event: string): void => {
  const when = session.invoice_creation?.enabled === true ? ctx.switches.checkoutInvoice : null;
  if (when === 'in_completed_event') invoiceCheckout(ctx, session.id);
  emit(ctx, event, knownSession(ctx, session.id));
  if (when === 'after_completed_event') invoiceCheckout(ctx, session.id);
  if (when === 'seconds_later') laterInvoice(ctx, session);
};

const statusOf = ({ mode, amount_total: amount }: CheckoutSession, isPaid: boolean) => {
  if (mode === 'setup' || amount === 0) return 'no_payment_required';
  return isPaid ? 'paid' : 'unpaid';
};

/** The form was sent and the bank agreed: the session is over, and tells of it. A delayed payment leaves it unpaid. */
export const complete = (
  ctx: Context,
  open: CheckoutSession,
  { isPaid }: { isPaid: boolean } = { isPaid: true },
): void => {
  const details = detailsOf(ctx, open);
  updateCustomer(ctx, open, details);
  for (const discount of ctx.store.discounts.oldestFirst(undefined, { by: 'session', is: open.id })) {
    redeem(ctx, discount);
  }
  const customer = open.customer === null ? null : ctx.store.customers.get(open.customer);
  const status = open.automatic_tax.enabled ? 'complete' : open.automatic_tax.status;
  const completed = ctx.store.checkout_sessions.put({
    ...open,
    automatic_tax: { ...open.automatic_tax, status },
    collected_information: {
      business_name: details.place?.businessName ?? null,
      individual_name: null,
      shipping_details: null,
    },
    customer_details: customerDetails(open, customer, details),
    payment_status: statusOf(open, isPaid),
    status: 'complete',
    url: null,
  });
  if (isPaid) tellPaid(ctx, completed, 'checkout.session.completed');
  else emit(ctx, 'checkout.session.completed', completed);
};

/** The money of a delayed payment came. */
export const paidLater = (ctx: Context, session: CheckoutSession): void => {
  const paid = ctx.store.checkout_sessions.put({ ...session, payment_status: 'paid' });
  tellPaid(ctx, paid, 'checkout.session.async_payment_succeeded');
};

/** Writes the invoice of a paid session and puts its id on the session. */
export const invoiceCheckout = (ctx: Context, id: string): void => {
  const session = knownSession(ctx, id);
  if (session.invoice !== null) return;
  const invoice = invoiceForCheckout(ctx, session, detailsOf(ctx, session).lines);
  ctx.store.checkout_sessions.put({ ...session, invoice: invoice.id });
};

/** Closes an open session for good; its PaymentIntent, if an attempt made one, is canceled with it. */
export const expire = (ctx: Context, open: CheckoutSession): CheckoutSession => {
  const intent = open.payment_intent === null ? null : ctx.store.payment_intents.get(open.payment_intent);
  if (intent !== null && intent.status !== 'canceled') cancelIntent(ctx, intent, 'expired');
  const setup = open.setup_intent === null ? null : ctx.store.setup_intents.get(open.setup_intent);
  if (setup !== null && setup.status !== 'canceled') cancelSetup(ctx, setup, 'abandoned');
  const expired = ctx.store.checkout_sessions.put({ ...open, status: 'expired', url: null });
  emit(ctx, 'checkout.session.expired', expired);
  return expired;
};

/** The session's hour has come; a paid one is left alone. */
export const expireDue = (ctx: Context, id: string): void => {
  const session = knownSession(ctx, id);
  if (session.status === 'open') expire(ctx, session);
};
