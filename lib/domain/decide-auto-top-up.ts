import type {
  AutoTopUpDecision,
  AutoTopUpFacts,
  AutoTopUpRule,
  AutoTopUpWait,
  ChargeReason,
  WaitReason,
} from './auto-top-up';
import { priceFor, wholeSteps } from './auto-top-up-price';
import { type AutoTopUpTerms, termsOf } from './auto-top-up-terms';
import { type Cents, cents, type Credits, credits } from './credits';
import { nextMonthStart, plus } from './instant';
import { creditsFor } from './package-of';
import type { AutoTopUpBook } from './price-book';

const HOUR_MS = 3_600_000;
const FIRST_BACK_OFF_MS = HOUR_MS;
const LONGEST_BACK_OFF_MS = 24 * HOUR_MS;

/** Whether to charge now, and how much: the one decision of worker, request and replay. */
export const decideAutoTopUp = (
  rule: AutoTopUpRule,
  facts: AutoTopUpFacts,
  book: AutoTopUpBook,
  now: Date,
): AutoTopUpDecision => decideUnder(termsOf(rule, book), rule, facts, now);

/** The same, with the terms worked out before. */
export function decideUnder(
  terms: AutoTopUpTerms,
  rule: AutoTopUpRule,
  facts: AutoTopUpFacts,
  now: Date,
): AutoTopUpDecision {
  if (!rule.enabled) return wait('off');
  if (rule.paused !== null) return wait(rule.paused);
  if (facts.isRestricted) return wait('account-restricted');
  if (!terms.isAllowed) return wait('rule-outside-bounds');

  const shortfall = shortfallOf(terms, facts);
  if (facts.available >= rule.threshold && shortfall <= 0n) return wait('enough-credits');
  if (facts.isLive) return wait('charge-under-way');

  const expected = credits(facts.available + facts.inFlight);
  const missing = credits(shortfall - facts.inFlight);
  if (expected >= rule.threshold && missing <= 0n) return wait('credits-on-their-way');
  if (facts.card !== 'ok') return wait(`card-${facts.card}`);

  return chargeOrWait(terms, rule, facts, { expected, missing }, now);
}

type Need = {
  /** Available and in flight. */
  expected: Credits;
  /** What a request lacks beyond that; zero or less where nothing. */
  missing: Credits;
};

function chargeOrWait(
  terms: AutoTopUpTerms,
  rule: AutoTopUpRule,
  facts: AutoTopUpFacts,
  { expected, missing }: Need,
  now: Date,
): AutoTopUpDecision {
  const { book, range, mostForRequestCents, mostAMonthCents } = terms;
  const needed = missing > 0n ? priceFor(book, range, missing) : cents(0n);
  if (needed > mostForRequestCents) return wait('request-too-large');

  const left = wholeSteps(cents(mostAMonthCents - facts.chargedThisMonth), range);
  const barred = last([
    coolingDown(terms, facts, now),
    backingOff(facts, now),
    left < larger(range.leastCents, needed) ? wait('monthly-limit', nextMonthStart(now)) : null,
  ]);
  if (barred !== null) return barred;

  const wanted = larger(larger(needed, ruledPrice(terms, rule, expected)), range.leastCents);
  if (wanted > left) return charge(terms, 'rest-of-monthly-limit', left);
  return charge(terms, missing > 0n ? 'request-short' : 'below-threshold', wanted);
}

/** What the rule itself buys. A debt does not make it more than the customer agreed to for one charge. */
function ruledPrice({ book, range, mostCents }: AutoTopUpTerms, { size }: AutoTopUpRule, expected: Credits) {
  if (size.mode === 'amount') return size.amountCents;
  const price = priceFor(book, range, credits(size.target - expected));
  return price < mostCents ? price : mostCents;
}

/** Where the book does not recharge inside requests, a request that waits changes nothing. */
const shortfallOf = ({ book }: AutoTopUpTerms, { trigger }: AutoTopUpFacts): Credits =>
  trigger.kind === 'inline' && book.autoTopUp.isInline ? trigger.shortfall : credits(0n);

function coolingDown({ cooldownMs }: AutoTopUpTerms, { lastAutoTopUpAt }: AutoTopUpFacts, now: Date) {
  if (lastAutoTopUpAt === null || cooldownMs === 0) return null;
  const until = plus(lastAutoTopUpAt, cooldownMs);
  return until > now ? wait('cooling-down', until) : null;
}

/** Doubles with each decline, so that a customer who resumes at once, again and again, makes five attempts in a day. */
function backingOff({ declines }: AutoTopUpFacts, now: Date) {
  if (declines === null || declines.count === 0) return null;
  const until = plus(
    declines.lastAt,
    Math.min(FIRST_BACK_OFF_MS * 2 ** (declines.count - 1), LONGEST_BACK_OFF_MS),
  );
  return until > now ? wait('backing-off', until) : null;
}

/** The obstacle that time lifts last, so that what is said of it holds. */
const last = (waits: readonly (TimedWait | null)[]): TimedWait | null =>
  waits.reduce((latest, one) =>
    latest === null || (one !== null && one.until > latest.until) ? one : latest,
  );

type TimedWait = AutoTopUpWait & { readonly until: Date };

function wait(because: WaitReason): AutoTopUpWait;
function wait(because: WaitReason, until: Date): TimedWait;
function wait(because: WaitReason, until: Date | null = null): AutoTopUpWait {
  return { kind: 'wait', because, until };
}

const charge = ({ book }: AutoTopUpTerms, because: ChargeReason, priceCents: Cents): AutoTopUpDecision => ({
  kind: 'charge',
  because,
  priceCents,
  credits: creditsFor(book, priceCents),
});

const larger = (a: Cents, b: Cents): Cents => (a > b ? a : b);
