import { settleCharge } from './resources/charges';
import { expireDue, invoiceCheckout } from './resources/checkout-sessions';
import { uncaused, type World } from './world';

/** Brings about what the clock has reached: fees settled, invoices written, sessions expired. */
export const passTime = (world: World): void => {
  const ctx = uncaused(world);
  const now = ctx.clock.now();
  const due = [...ctx.store.tasks.oldestFirst()].filter((task) => task.dueAt <= now);
  for (const task of due) {
    ctx.store.tasks.remove(task.id);
    if (task.kind === 'settle_charge') settleCharge(ctx, task.subject);
    else invoiceCheckout(ctx, task.subject);
  }
  expireDue(ctx);
};
