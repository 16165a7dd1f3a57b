import { stripe } from './client';
import { nullWhenMissing } from './missing';
import { orUnavailable } from './unavailable';

/** The top-up that an object was made for, as we wrote on it ourselves. */
export type Origin = { topUpId: string; accountId: string };

type Marked = { metadata: Record<string, string> | null };

/** Null for objects that are not ours: the company may use the same Stripe account for more than credits. */
async function originOf(object: Promise<Marked>): Promise<Origin | null> {
  return originIn(await orUnavailable(object).then(({ metadata }) => metadata, nullWhenMissing));
}

export function originIn(metadata: Marked['metadata']): Origin | null {
  const topUpId = metadata?.['topup_id'];
  const accountId = metadata?.['account_id'];
  return topUpId === undefined || accountId === undefined ? null : { topUpId, accountId };
}

export const originOfCheckout = (id: string) => originOf(stripe().checkout.sessions.retrieve(id));
/** An invoice's payment carries no mark of its own: then the invoice says what it is for. */
export async function originOfPayment(id: string): Promise<Origin | null> {
  const marked = await originOf(stripe().paymentIntents.retrieve(id));
  if (marked !== null) return marked;
  const payment = { type: 'payment_intent', payment_intent: id } as const;
  const [paid] = (await orUnavailable(stripe().invoicePayments.list({ payment, limit: 1 }))).data;
  return paid === undefined ? null : originOfInvoice(idOf(paid.invoice));
}
export const originOfInvoice = (id: string) => originOf(stripe().invoices.retrieve(id));

const idOf = (expandable: string | { id: string }) =>
  typeof expandable === 'string' ? expandable : expandable.id;
