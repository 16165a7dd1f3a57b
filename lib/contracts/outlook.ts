import type { Cents, Credits } from '@/lib/domain/credits';
import type { Runway } from '@/lib/domain/runway';

import type { AutoTopUp } from './auto-top-up';

/** What is to come: how long credits last, what auto top-up does next, what waits for credits. */
export type Outlook = {
  asOf: Date;
  runway: Runway;
  /** Null until a rule was set, and while it is off. */
  autoTopUp:
    | (Pick<AutoTopUp, 'now' | 'next'> & {
        sentence: string;
        threshold: Credits;
        isPaused: boolean;
        perChargeCents: Cents;
        perMonthCents: Cents;
        chargedThisMonth: Cents;
        /** `Visa ·4242`; null where there is none, or where it is not the reader's to see. */
        card: string | null;
      })
    | null;
  currency: string;
  /** Finished work that waits to be paid for, the oldest first; the first few are `lines`. */
  waiting: {
    count: number;
    amount: Credits;
    /** What has to come in for all of it to be released; zero while it is being released. */
    lacks: Credits;
    lines: { reference: string; service: string; amount: Credits; daysLeft: bigint }[];
  };
};
