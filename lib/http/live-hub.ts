import type { AccountId } from '@/lib/db/context';
import type { Marks, Watch, WatchedNews } from '@/lib/db/watched';
import { log } from '@/lib/log';

// Often enough that figures are not called late, seldom enough to cost nothing.
const CONFIRM_EVERY_LOOKS = 15;
// Beyond, a browser asks again and again instead, as it does where no stream comes through.
const MOST_STREAMS = 5_000;
const MOST_OF_A_SESSION = 12;

/** Somebody who watches an account, and how they are told. */
export type Watcher = Watch & {
  send: (event: LiveEvent) => void;
  /** Nothing more is sent. */
  end: () => void;
};

export type LiveEvent =
  /** Something moved: what is shown is to be asked for again. `id` is what it is now. */
  | { readonly name: 'changed'; readonly id: string }
  /** Nothing moved until now. */
  | { readonly name: 'current' }
  /** The session is over. */
  | { readonly name: 'ended' };

type Look = (asked: { marks: Marks; watches: readonly Watch[] }) => Promise<WatchedNews>;

type Clockwork = {
  /** Milliseconds between two looks; null where only `look` looks. */
  everyMs: number | null;
};

/** One look at a time for all who watch in this process, and none while nobody does. */
export class LiveHub {
  readonly #look: Look;
  readonly #everyMs: number | null;
  readonly #watchers = new Map<AccountId, Set<Watcher>>();
  readonly #marks = new Map<AccountId, string>();
  #count = 0;
  #looks = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(look: Look, { everyMs }: Clockwork) {
    this.#look = look;
    this.#everyMs = everyMs;
  }

  /** Whether one more may watch. */
  hasRoom({ accountId, sessionId }: Watch): boolean {
    const own = [...(this.#watchers.get(accountId) ?? [])].filter((other) => other.sessionId === sessionId);
    return this.#count < MOST_STREAMS && own.length < MOST_OF_A_SESSION;
  }

  /** `seen` is the last event that they have; empty for none, and then they are told at once. Gives the way to stop. */
  watch(watcher: Watcher, seen: string): () => void {
    const { accountId } = watcher;
    const others = this.#watchers.get(accountId);
    if (others === undefined) {
      this.#watchers.set(accountId, new Set([watcher]));
      this.#marks.set(accountId, seen);
    } else {
      others.add(watcher);
      const mark = this.#marks.get(accountId) ?? '';
      if (mark !== seen && mark !== '') watcher.send({ name: 'changed', id: mark });
    }
    this.#count += 1;
    this.#timer ??= this.#later();
    return () => this.#leave(watcher);
  }

  /** Asks once, and tells whom it concerns. */
  async look(): Promise<void> {
    const all = [...this.#watchers.values()].flatMap((watchers) => [...watchers]);
    const { changed, ended } = await this.#look({ marks: new Map(this.#marks), watches: all });
    for (const { accountId, mark } of changed) {
      if (!this.#marks.has(accountId)) continue;
      this.#marks.set(accountId, mark);
      this.#watchers.get(accountId)?.forEach((watcher) => watcher.send({ name: 'changed', id: mark }));
    }
    for (const { accountId, sessionId } of ended) {
      for (const watcher of this.#watchers.get(accountId) ?? []) {
        if (watcher.sessionId !== sessionId) continue;
        watcher.send({ name: 'ended' });
        watcher.end();
        this.#leave(watcher);
      }
    }
    this.#looks += 1;
    if (this.#looks % CONFIRM_EVERY_LOOKS === 0)
      for (const watchers of this.#watchers.values())
        for (const watcher of watchers) watcher.send({ name: 'current' });
  }

  /** Everybody is let go, so that the process can end; they come back to another one. */
  close(): void {
    for (const watchers of this.#watchers.values()) for (const { end } of watchers) end();
    this.#watchers.clear();
    this.#marks.clear();
    this.#count = 0;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #leave(watcher: Watcher): void {
    const watchers = this.#watchers.get(watcher.accountId);
    if (watchers === undefined || !watchers.delete(watcher)) return;
    this.#count -= 1;
    if (watchers.size > 0) return;
    this.#watchers.delete(watcher.accountId);
    this.#marks.delete(watcher.accountId);
  }

  #later(): NodeJS.Timeout | null {
    return this.#everyMs === null ? null : setTimeout(() => void this.#again(), this.#everyMs).unref();
  }

  async #again(): Promise<void> {
    // A look that failed is no news: nothing is confirmed, and figures become late where they are shown.
    await this.look().catch((error: unknown) =>
      log.warn({ err: error }, 'could not look at watched accounts'),
    );
    if (this.#timer !== null) this.#timer = this.#count > 0 ? this.#later() : null;
  }
}
