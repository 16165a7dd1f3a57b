import type Stripe from 'stripe';

/** One of Stripe's types as it travels and is kept: ids instead of expanded objects, digits instead of Decimals. */
type Wire<T> = T extends Stripe.Decimal
  ? string
  : T extends readonly (infer Element)[]
    ? (string extends Element ? Exclude<Element, { object: string }> : Wire<Element>)[]
    : T extends object
      ? { [Key in keyof T]: string extends T[Key] ? Exclude<T[Key], object> : Wire<T[Key]> }
      : T;

export type Customer = Wire<Stripe.Customer>;
export type PaymentMethod = Wire<Stripe.PaymentMethod>;
export type PaymentIntent = Wire<Stripe.PaymentIntent>;
export type Charge = Wire<Stripe.Charge>;
export type BalanceTransaction = Wire<Stripe.BalanceTransaction>;
export type CheckoutSession = Wire<Stripe.Checkout.Session>;
export type LineItem = Omit<Wire<Stripe.LineItem>, 'price'> & { price: Price };
export type Price = Wire<Stripe.Price>;
export type Product = Wire<Stripe.Product>;
export type Coupon = Wire<Stripe.Coupon>;
export type PromotionCode = Wire<Stripe.PromotionCode>;
export type Discount = Wire<Stripe.Discount>;
export type TaxRate = Wire<Stripe.TaxRate>;
export type TestClock = Wire<Stripe.TestHelpers.TestClock>;
export type Account = Wire<Stripe.Account>;
export type Balance = Wire<Stripe.Balance>;
export type CustomerBalanceTransaction = Wire<Stripe.CustomerBalanceTransaction>;
export type Invoice = Wire<Stripe.Invoice>;
export type InvoiceLine = Wire<Stripe.InvoiceLineItem>;
export type LineTax = NonNullable<Invoice['total_taxes']>[number];
export type InvoiceItem = Wire<Stripe.InvoiceItem> & { created: number };
export type SetupIntent = Wire<Stripe.SetupIntent>;
export type InvoicePayment = Wire<Stripe.InvoicePayment>;
export type Refund = Wire<Stripe.Refund>;
export type Dispute = Wire<Stripe.Dispute>;
export type CreditNote = Wire<Stripe.CreditNote>;
export type CreditNoteLine = Wire<Stripe.CreditNoteLineItem>;
export type EarlyFraudWarning = Wire<Stripe.Radar.EarlyFraudWarning>;
export type TaxId = Wire<Stripe.TaxId>;
export type PortalSession = Wire<Stripe.BillingPortal.Session>;
export type PortalConfiguration = Wire<Stripe.BillingPortal.Configuration>;
export type WebhookEndpoint = Wire<Stripe.WebhookEndpoint>;
export type BillingDetails = PaymentMethod['billing_details'];
export type Metadata = Record<string, string>;

/** An event of any type: its object is whatever was true when it happened. */
export type Event = {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  data: { object: object; previous_attributes?: Record<string, unknown> };
  livemode: false;
  pending_webhooks: number;
  request: Cause;
  type: string;
};

/** The request that made something happen; both null when a hosted page or the passing of time did. */
export type Cause = { id: string | null; idempotency_key: string | null };

export type Deleted = { id: string; created: number; object: string };
