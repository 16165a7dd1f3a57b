import { expireDue, invoiceCheckout } from './checkout/completion';
import { settleCheckout } from './checkout/submission';
import { emit } from './events';
import { forgetOldAnswers } from './idempotency';
import { expireAuthorization } from './intents/payments';
import { advanceInvoice, overdueInvoice } from './invoicing/in-time';
import { settleCharge } from './resources/charges';
import { expireCoupon } from './resources/coupons';
import { decideDispute, disputeCharge } from './resources/disputes';
import { warnOfFraud } from './resources/early-fraud-warnings';
import { expirePromotionCode } from './resources/promotion-codes';
import { settleRefund } from './resources/refunds';
import type { Task } from './store';
import { uncaused, type Context, type World } from './world';

const does: Record<Task['kind'], (ctx: Context, subject: string) => void> = {
  settle_charge: settleCharge,
  invoice_checkout: invoiceCheckout,
  settle_checkout: settleCheckout,
  expire_coupon: expireCoupon,
  expire_promotion_code: expirePromotionCode,
  expire_session: expireDue,
  expire_authorization: expireAuthorization,
  settle_refund: settleRefund,
  dispute_charge: disputeCharge,
  decide_dispute: decideDispute,
  warn_of_fraud: (ctx, subject) => void warnOfFraud(ctx, subject),
  advance_invoice: advanceInvoice,
  overdue_invoice: overdueInvoice,
  advance_test_clock: (ctx, subject) => reachHour(ctx, subject),
};

const run = (ctx: Context, task: Task) => {
  ctx.store.tasks.remove(task.id);
  does[task.kind](ctx, task.subject);
};

/** The tasks of one clock that are due by an hour, the earliest first. */
const dueBy = (ctx: Context, hour: number, clock: string | null): Task[] =>
  [...ctx.store.tasks.oldestFirst()]
    .filter((task) => (task.clock ?? null) === clock && task.dueAt <= hour)
    .toSorted((a, b) => a.dueAt - b.dueAt);

/** A test clock gets where it was told to go, stopping at every hour at which something is due. */
function reachHour(ctx: Context, id: string): void {
  const clock = ctx.store.test_clocks.get(id);
  const target = clock?.status_details.advancing?.target_frozen_time;
  if (clock === null || target === undefined) return;
  const at = (hour: number) => ctx.store.test_clocks.put({ ...clock, frozen_time: hour });
  for (
    let [task] = dueBy(ctx, target * 1000, id);
    task !== undefined;
    [task] = dueBy(ctx, target * 1000, id)
  ) {
    at(Math.max(clock.frozen_time, Math.floor(task.dueAt / 1000)));
    run(ctx, task);
  }
  const ready = ctx.store.test_clocks.put({ ...at(target), status: 'ready', status_details: {} });
  emit(ctx, 'test_helpers.test_clock.ready', ready);
}

/** Brings about what the clock has reached: fees settled, invoices written, sessions expired. */
export const passTime = (world: World): void => {
  const ctx = uncaused(world);
  for (const task of dueBy(ctx, ctx.clock.now(), null)) run(ctx, task);
  forgetOldAnswers(world);
};
