import type { Cents, Credits } from './credits';

/** What a refund of a purchase would do. */
export type RefundPlan = {
  currency: string;
  /** With its tax. */
  paid: Cents;
  tax: Cents;
  /** Went back before, or is disputed. */
  back: Cents;
  isDisputed: boolean;
  /** What can still be refunded. */
  left: Cents;
  /** All that is left, where nobody said how much. */
  amount: Cents;
  bought: Credits;
  takenBefore: Credits;
  unused: Credits;
  /** What the refund of `amount` takes back; beyond what is unused, it takes other credits or leaves a debt. */
  takes: Credits;
};
