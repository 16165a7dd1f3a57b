import type { Credits } from './credits';
import type { Service } from './price-book';

/** From one instant, which belongs to it, to another, which does not. */
export type Stretch = { readonly from: Date; readonly to: Date };

/** Work that was asked for; `shortfall` is what its service does when credits are short. */
export type Debit = {
  readonly kind: 'debit';
  readonly at: Date;
  readonly amount: Credits;
  readonly shortfall: Service['shortfall'];
};
/** Credits that came in any other way than by an automatic top-up. */
type Credit = { readonly kind: 'credit'; readonly at: Date; readonly amount: Credits };
export type HistoryEvent = Debit | Credit;

/** What an account did. */
export type History = Stretch & {
  /** At `from`. */
  readonly available: Credits;
  /** Oldest first, all within the stretch. */
  readonly events: readonly HistoryEvent[];
};
