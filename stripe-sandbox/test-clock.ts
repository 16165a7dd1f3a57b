import type { Context } from './world';

/** What time it is for the bills of a customer: that of their test clock, if they have one. */
export const hourFor = ({ store, clock }: Context, owner: { test_clock?: string | null } | null): number =>
  store.test_clocks.get(owner?.test_clock ?? '')?.frozen_time ?? clock.seconds();
