import { emit } from '../events';
import { newId } from '../ids';
import { cancelIntent } from '../intents/payments';
import { cancelSetup } from '../intents/setups';
import { invoiceForCheckout } from '../invoicing/of-checkout';
import type { CheckoutSession } from '../objects';
import { keepCustomer } from '../resources/customers';
import type { CheckoutDetails } from '../store';
import type { Context } from '../world';
import { customerDetails } from './customer-details';
import { detailsOf, knownSession } from './session';

const updateCustomer = (ctx: Context, { customer: id }: CheckoutSession, details: CheckoutDetails) => {
  const customer = id === null ? null : ctx.store.customers.get(id);
  const billing = details.submission?.billing;
  if (customer === null || billing === undefined) return;
  const { address, name } = details.customerUpdate;
  keepCustomer(ctx, customer, {
    ...customer,
    ...(address === 'auto' && typeof billing.address?.country === 'string'
      ? { address: billing.address }
      : {}),
    ...(name === 'auto' && billing.name !== null ? { name: billing.name } : {}),
  });
};

/** The money is there, or the card: the session is over, and tells of it. */
export const complete = (ctx: Context, open: CheckoutSession): void => {
  const details = detailsOf(ctx, open);
  updateCustomer(ctx, open, details);
  const billing = details.submission?.billing;
  const customer = open.customer === null ? null : ctx.store.customers.get(open.customer);
  const email = customer?.email ?? billing?.email ?? open.customer_email;
  const paid = ctx.store.checkout_sessions.put({
    ...open,
    automatic_tax: {
      ...open.automatic_tax,
      status: open.automatic_tax.enabled ? 'complete' : open.automatic_tax.status,
    },
    collected_information: {
      business_name: null,
      individual_name: null,
      shipping_details: null,
    },
    customer_details: customerDetails({ email, taxExempt: customer?.tax_exempt }, billing),
    payment_status: open.mode === 'setup' || open.amount_total === 0 ? 'no_payment_required' : 'paid',
    status: 'complete',
    url: null,
  });
  const makesInvoice = paid.invoice_creation?.enabled === true;
  const when = ctx.switches.checkoutInvoice;
  if (makesInvoice && when === 'in_completed_event') invoiceCheckout(ctx, paid.id);
  emit(ctx, 'checkout.session.completed', knownSession(ctx, paid.id));
  if (makesInvoice && when === 'after_completed_event') invoiceCheckout(ctx, paid.id);
  if (makesInvoice && when === 'seconds_later') {
    ctx.store.tasks.put({
      id: newId('task'),
      created: ctx.clock.seconds(),
      kind: 'invoice_checkout',
      subject: paid.id,
      dueAt: ctx.clock.now() + 3000,
    });
  }
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
