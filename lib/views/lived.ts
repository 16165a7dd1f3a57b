import type { Lived, LivedQuery } from '@/lib/contracts/auto-top-up';
import type { AccountCtx } from '@/lib/db/context';
import { inSnapshot } from '@/lib/db/database';
import { readAutoTopUpFacts } from '@/lib/db/ledger/auto-top-up';
import { findOpening, listLived, type LivedRow, sumAutoTopUps } from '@/lib/db/lived';
import { credits } from '@/lib/domain/credits';
import { plus } from '@/lib/domain/instant';
import { serviceOf } from '@/lib/domain/price-book';
import { priceBook } from '@/price-books/price-book';

const DAY_MS = 86_400_000;
// So many travel and are replayed in the blink of an eye; beyond them, charges are summed up.
const MOST_EVENTS = 5_000;
const STEP = '15 minutes';

type Whose = Pick<AccountCtx, 'db' | 'accountId'>;

/** What an account lived through, without its automatic top-ups, so that another rule can be tried on it. */
export const readLived = ({ db, accountId }: Whose, { days }: LivedQuery): Promise<Lived> =>
  inSnapshot(db, async (snapshot) => {
    const { asOf: to, available: now } = await readAutoTopUpFacts(snapshot, accountId);
    const from = later(plus(to, -days * DAY_MS), await findOpening(snapshot, accountId), to);
    const whole = await listLived(snapshot, { accountId, from, step: null, most: MOST_EVENTS + 1 });
    const isExact = whole.length <= MOST_EVENTS;
    const rows = isExact ? whole : await listLived(snapshot, { accountId, from, step: STEP, most: null });
    return {
      from,
      to,
      // What is held now is taken for held all the time: it is small, and nobody knows since when.
      available: credits(rows.reduce((left, { delta }) => left - delta, now as bigint)),
      events: rows.filter(({ isAuto, at }) => !isAuto && at < to).map(eventOf),
      isExact,
      charged: await sumAutoTopUps(snapshot, { accountId, from }),
    };
  });

/** Not before the account was there, when its empty balance would have been topped up; and at least a moment long. */
function later(start: Date, opening: Date, to: Date): Date {
  const end = plus(to, -1);
  const from = opening > start ? opening : start;
  return from < end ? from : end;
}

/** A charge is lived again as it would be today: its service may have been given another way with a shortfall since. */
function eventOf({ at, delta, service, isCharge }: LivedRow): Lived['events'][number] {
  if (!isCharge) return { kind: 'credit', at, amount: delta };
  const shortfall = serviceOf(priceBook(), service ?? '')?.shortfall ?? 'refuse';
  return { kind: 'debit', at, amount: credits(-delta), shortfall };
}
