import type { Cents, Credits } from './credits';
import type { MoneyBack } from './money-back';

/** What a buyer is told of money that went back, or is disputed. */
export type MoneyBackNews = Pick<MoneyBack, 'id' | 'kind' | 'state'> & {
  to: string;
  accountName: string;
  amount: Cents;
  currency: string;
  /** Of the purchase. */
  credits: Credits;
  boughtAt: Date;
  /** What was taken back for it; given back since, where the state is `over`. */
  taken: Credits;
  frozen: Credits;
  balance: Credits;
};
