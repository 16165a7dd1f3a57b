import type { Cents, Credits } from './credits';
import type { FindingClass } from './reconciliation';

/** What a buyer is told when we found our own mistake before they had to. */
export type Correction = {
  found: FindingClass;
  topUpId: string;
  to: string;
  accountName: string;
  /** What was entered to put it right. */
  entry: Credits;
  priceCents: Cents;
  currency: string;
  paidAt: Date | null;
  repairedAt: Date;
  balance: Credits;
};
