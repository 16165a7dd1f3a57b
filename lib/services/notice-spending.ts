import { accountsThatCrossed } from '@/lib/db/auto-top-up-rules';
import type { AccountId } from '@/lib/db/context';
import type { Database } from '@/lib/db/database';
import { enqueueDue } from '@/lib/db/queue';
import { type Credits, credits } from '@/lib/domain/credits';
import { alertLevelsOf, passesLevel } from '@/lib/domain/low-balance';
import { log } from '@/lib/log';
import { priceBook } from '@/price-books/price-book';

// One question a second and process, for all accounts that spent in it, however many charges that were.
const ASK_EVERY_MS = 1_000;

/** What of the ledger's answer says how much is left. */
type Spent = { status: string; available: Credits };

/**
 * Remembers, on the way of a charge, that an account may have fallen below the threshold of its auto top-up, or to a level
 * that it is told of; whether it has is asked a moment later, when nobody waits. What is lost with the process, the
 * regular checks find.
 */
export function noticeSpending(
  { db, accountId }: { db: Database; accountId: AccountId },
  amount: Credits,
  { status, available }: Spent,
): void {
  if (status !== 'applied') return;
  const watch = watches.get(db) ?? new CrossingWatch(db);
  watches.set(db, watch);
  watch.note(accountId, { highest: credits(available + amount), lowest: available });
}

const watches = new WeakMap<Database, CrossingWatch>();

type Range = { readonly highest: Credits; readonly lowest: Credits };

class CrossingWatch {
  #seen = new Map<AccountId, Range>();
  #willAsk = false;

  constructor(private readonly db: Database) {}

  note(accountId: AccountId, { highest, lowest }: Range): void {
    const before = this.#seen.get(accountId);
    this.#seen.set(accountId, {
      highest: before !== undefined && before.highest > highest ? before.highest : highest,
      lowest: before !== undefined && before.lowest < lowest ? before.lowest : lowest,
    });
    if (this.#willAsk) return;
    this.#willAsk = true;
    setTimeout(() => void this.#ask(), ASK_EVERY_MS).unref();
  }

  async #ask(): Promise<void> {
    const seen = [...this.#seen].map(([accountId, range]) => ({ accountId, ...range }));
    this.#seen = new Map();
    this.#willAsk = false;
    try {
      const crossed = await accountsThatCrossed(this.db, seen);
      // An account's own levels are found by the regular check: they are not worth a question on the way of a charge.
      const levels = alertLevelsOf(priceBook(), null);
      const fallen = seen.filter((range) => passesLevel(range, levels)).map(({ accountId }) => accountId);
      if (crossed.length + fallen.length === 0) return;
      await enqueueDue(this.db, [
        ...crossed
          .map(String)
          .map(
            (accountId) =>
              ({ name: 'run-auto-top-up', accountId, trigger: 'crossing', key: accountId }) as const,
          ),
        ...fallen
          .map(String)
          .map((accountId) => ({ name: 'notice-low-balance', accountId, key: accountId }) as const),
      ]);
    } catch (error) {
      log.warn({ err: error }, 'thresholds could not be looked at; the regular check will');
    }
  }
}
