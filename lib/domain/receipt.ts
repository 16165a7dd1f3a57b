import type { Cents, Credits } from './credits';
import type { TopUpOrigin } from './top-up';

/** What a buyer is told after a purchase. */
export type Receipt = {
  topUpId: string;
  to: string;
  accountName: string;
  origin: TopUpOrigin;
  credits: Credits;
  /** What the price book asks for the credits. */
  priceCents: Cents;
  /** What left the card: the price with tax, less what a promotion code took off. */
  chargedCents: Cents;
  currency: string;
  balanceAfter: Credits;
  stripeInvoice: string | null;
  creditedAt: Date;
};
