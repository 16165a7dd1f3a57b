import { stripe } from './client';
import { orUnavailable } from './unavailable';

/** The top-up that an object was made for, as we wrote on it ourselves. */
export type Origin = { topUpId: string; accountId: string };

const originIn = (metadata: Record<string, string> | null): Origin | null => {
  const topUpId = metadata?.['topup_id'];
  const accountId = metadata?.['account_id'];
  return topUpId === undefined || accountId === undefined ? null : { topUpId, accountId };
};

export const originOfCheckout = async (id: string) =>
  originIn((await orUnavailable(stripe().checkout.sessions.retrieve(id))).metadata);

export const originOfPayment = async (id: string) =>
  originIn((await orUnavailable(stripe().paymentIntents.retrieve(id))).metadata);

export const originOfInvoice = async (id: string) =>
  originIn((await orUnavailable(stripe().invoices.retrieve(id))).metadata);
