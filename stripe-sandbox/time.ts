import { expireDue, invoiceCheckout } from './checkout/completion';
import { settleCheckout } from './checkout/submission';
import { forgetOldAnswers } from './idempotency';
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
  settle_refund: settleRefund,
  dispute_charge: disputeCharge,
  decide_dispute: decideDispute,
  warn_of_fraud: (ctx, subject) => void warnOfFraud(ctx, subject),
  advance_invoice: advanceInvoice,
  overdue_invoice: overdueInvoice,
};

/** Brings about what the clock has reached: fees settled, invoices written, sessions expired. */
export const passTime = (world: World): void => {
  const ctx = uncaused(world);
  const now = ctx.clock.now();
  const due = [...ctx.store.tasks.oldestFirst()].filter((task) => task.dueAt <= now);
  for (const task of due.toSorted((a, b) => a.dueAt - b.dueAt)) {
    ctx.store.tasks.remove(task.id);
    does[task.kind](ctx, task.subject);
  }
  forgetOldAnswers(world);
};
