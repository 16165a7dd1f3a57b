import { forgetOldAnswers } from './idempotency';
import { advanceInvoice, overdueInvoice } from './invoicing';
import { settleCharge } from './resources/charges';
import { expireDue, invoiceCheckout } from './resources/checkout-sessions';
import type { Task } from './store';
import { uncaused, type Context, type World } from './world';

const does: Record<Task['kind'], (ctx: Context, subject: string) => void> = {
  settle_charge: settleCharge,
  invoice_checkout: invoiceCheckout,
  expire_session: expireDue,
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
