import {
  type AutoTopUpCharge,
  type AutoTopUpDecision,
  type AutoTopUpFacts,
  type AutoTopUpRule,
  type AutoTopUpTrigger,
  crosses,
} from './auto-top-up';
import { type AutoTopUpTerms, termsOf } from './auto-top-up-terms';
import { BalanceCourse, type BalancePoint } from './balance-course';
import { type Cents, cents, type Credits, credits } from './credits';
import { decideUnder } from './decide-auto-top-up';
import { seconds } from './duration';
import { type Debit, type History } from './history';
import { nextMonthStart } from './instant';
import { numberOf } from './number-of';
import type { AutoTopUpBook } from './price-book';

type ReplayedCharge = Omit<AutoTopUpCharge, 'kind'> & { readonly at: Date };

/** What would have happened. */
export type Replay = {
  readonly charges: readonly ReplayedCharge[];
  readonly totalCents: Cents;
  readonly lowest: Credits;
  readonly average: Credits;
  readonly atZeroMs: number;
  /** Operations that would not have started. */
  readonly refused: number;
  /** Operations that would have waited for credits. */
  readonly waited: number;
  /** The balance in equally long stretches, as many as were asked for. */
  readonly points: readonly BalancePoint[];
};

const DAY_MS = 86_400_000;

/**
 * Lives a history again under another rule, through the decision that the worker makes. Payments succeed at once.
 * Throws on events that are not in order.
 */
export function replay(history: History, rule: AutoTopUpRule, book: AutoTopUpBook, points: number): Replay {
  const account = new ReplayedAccount(history, rule, termsOf(rule, book), points);
  const to = history.to.getTime();
  let last = history.from.getTime();
  for (const event of history.events) {
    const at = event.at.getTime();
    if (at < last || at >= to)
      throw new Error(`A history’s events come in order, and within it: ${event.at.toISOString()}`);
    last = at;
    account.checkUntil(at);
    if (event.kind === 'credit') account.credit(at, event.amount);
    else account.debit(at, event);
  }
  account.checkUntil(to);
  return account.end();
}

class ReplayedAccount {
  readonly #rule: AutoTopUpRule;
  readonly #terms: AutoTopUpTerms;
  readonly #course: BalanceCourse;
  readonly #checkMs: number;
  readonly #patienceMs: number;
  readonly #charges: ReplayedCharge[] = [];
  #available: Credits;
  #month = { ends: 0, charged: cents(0n) };
  /** Checks before it have been made. */
  #checkedUntil: number;
  /** Until then every decision is the last one again, because only time changes it. */
  #quietUntil = 0;
  readonly #waiting: { readonly amount: Credits; readonly since: number }[] = [];
  /** How many of them wait no longer. */
  #ready = 0;
  #refused = 0;
  #waited = 0;

  constructor(history: History, rule: AutoTopUpRule, terms: AutoTopUpTerms, points: number) {
    this.#rule = rule;
    this.#terms = terms;
    this.#course = new BalanceCourse(history, history.available, points);
    this.#checkMs = numberOf(seconds(terms.book.autoTopUp.checkEverySeconds));
    const days = terms.book.pendingPaymentDays;
    this.#patienceMs = days === null ? Infinity : numberOf(days) * DAY_MS;
    this.#available = history.available;
    this.#checkedUntil = history.from.getTime();
  }

  /** The regular checks before `until`; what happens at the moment of a check comes before it. */
  checkUntil(until: number): void {
    let at = this.#nextCheck(this.#checkedUntil);
    while (at < until && this.#available < this.#rule.threshold) {
      const decision = this.#decide(at, { kind: 'scheduled' });
      if (decision?.kind === 'wait' && decision.until === null) break;
      at = this.#nextCheck(at + 1);
    }
    this.#checkedUntil = until;
  }

  credit(at: number, amount: Credits): void {
    this.#available = credits(this.#available + amount);
    this.#payWaiting(at);
    this.#course.changeTo(at, this.#available);
  }

  debit(at: number, { amount, shortfall }: Omit<Debit, 'kind' | 'at'>): void {
    if (this.#available < amount && this.#terms.book.autoTopUp.isInline) {
      this.#decide(at, { kind: 'inline', shortfall: credits(amount - this.#available) });
    }
    const isShort = this.#available < amount;
    if (shortfall === 'refuse' ? isShort : this.#available <= 0n) {
      this.#refused += 1;
    } else if (shortfall === 'pending_payment' && isShort) {
      this.#waiting.push({ amount, since: at });
      this.#waited += 1;
    } else {
      this.#spend(at, amount);
    }
  }

  end(): Replay {
    this.#course.end();
    const { lowest, average, atZeroMs, points } = this.#course;
    const charges = this.#charges;
    const totalCents = cents(charges.reduce((sum, { priceCents }) => sum + priceCents, 0n));
    const [refused, waited] = [this.#refused, this.#waited];
    return { charges, totalCents, lowest, average, atZeroMs, refused, waited, points };
  }

  #spend(at: number, amount: Credits): void {
    const before = this.#available;
    this.#available = credits(before - amount);
    this.#course.changeTo(at, this.#available);
    if (crosses(this.#rule, { before, after: this.#available })) this.#decide(at, { kind: 'crossing' });
  }

  /** Strictly oldest first, up to the first that does not fit; what waited too long is gone. */
  #payWaiting(at: number): void {
    for (let next = this.#oldest(); next !== undefined; next = this.#oldest()) {
      const isPurged = next.since + this.#patienceMs <= at;
      if (!isPurged && next.amount > this.#available) return;
      if (!isPurged) this.#available = credits(this.#available - next.amount);
      this.#ready += 1;
    }
  }

  #oldest = () => this.#waiting[this.#ready];

  /** Null where an earlier decision stands. */
  #decide(at: number, trigger: AutoTopUpTrigger): AutoTopUpDecision | null {
    if (at < this.#quietUntil) return null;
    const now = new Date(at);
    if (at >= this.#month.ends) this.#month = { ends: nextMonthStart(now).getTime(), charged: cents(0n) };
    const decision = decideUnder(this.#terms, this.#rule, this.#factsFor(trigger), now);
    if (decision.kind === 'charge') this.#charge(now, decision);
    // A request may lack too much for what is left of a limit that a smaller need would still fit.
    else if (trigger.kind !== 'inline') this.#quietUntil = decision.until?.getTime() ?? 0;
    return decision;
  }

  #charge(now: Date, { because, priceCents, credits: bought }: AutoTopUpCharge): void {
    this.#charges.push({ at: now, because, priceCents, credits: bought });
    this.#month.charged = cents(this.#month.charged + priceCents);
    this.credit(now.getTime(), bought);
  }

  #factsFor(trigger: AutoTopUpTrigger): AutoTopUpFacts {
    return {
      trigger,
      available: this.#available,
      inFlight: credits(0n),
      isLive: false,
      lastAutoTopUpAt: this.#charges.at(-1)?.at ?? null,
      chargedThisMonth: this.#month.charged,
      declines: null,
      card: 'ok',
      isRestricted: false,
    };
  }

  #nextCheck = (after: number): number =>
    Math.ceil(Math.max(after, this.#quietUntil) / this.#checkMs) * this.#checkMs;
}
