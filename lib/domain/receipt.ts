import type { Cents, Credits } from './credits';

/** What a buyer is told after a purchase. */
export type Receipt = {
  topUpId: string;
  to: string;
  accountName: string;
  credits: Credits;
  priceCents: Cents;
  currency: string;
  balanceAfter: Credits;
  stripeInvoice: string | null;
  creditedAt: Date;
};
