import type { Ctx } from '@/lib/db/context';
import { endedDeliveries, endedLimits, handledEvents } from '@/lib/db/forgetting';
import { log } from '@/lib/log';

const DAY_MS = 86_400_000;
// Three times as long as Stripe's list of events reaches back: none of them comes again and is taken for new.
const EVENT_DAYS = 90;
const DELIVERY_DAYS = 30;
// Each is a transaction of its own, so that nobody waits for a long one.
const AT_ONCE = 10_000;

/** Deletes what nobody asks for any more. What is money, or says why, is never deleted. */
export async function forgetOldRows({ db, now }: Ctx): Promise<void> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const all = async (forget: ReturnType<typeof endedLimits>) => {
    let total = 0;
    let some = AT_ONCE;
    while (some === AT_ONCE) {
      some = await forget(db, AT_ONCE);
      total += some;
    }
    return total;
  };
  const events = await all(handledEvents(daysAgo(EVENT_DAYS)));
  const deliveries = await all(endedDeliveries(daysAgo(DELIVERY_DAYS)));
  const limits = await all(endedLimits(now));
  log.info({ events, deliveries, limits }, 'old rows are gone');
}
