import type { AutoTopUpSettings } from './auto-top-up';
import { type AutoTopUpTerms, termsOf } from './auto-top-up-terms';
import { type Cents, cents } from './credits';
import { formatMoney } from './format';
import type { AutoTopUpBook } from './price-book';

/** What a rule can cost at the very most, before tax. */
export type WorstCase = {
  readonly perChargeCents: Cents;
  /** In any 24 hours; null where only the monthly limit bounds it. */
  readonly chargesPerDay: bigint | null;
  /** In any 24 hours, which may lie in two months. */
  readonly perDayCents: Cents;
  /** In a calendar month, UTC. */
  readonly perMonthCents: Cents;
  /** All of it in one sentence, for below the form. */
  readonly sentence: string;
};

const DAY_SECONDS = 86_400n;
const LONGEST_MONTH_DAYS = 31n;

/** From the same limits that each decision keeps. */
export function worstCaseOf(settings: AutoTopUpSettings, book: AutoTopUpBook): WorstCase {
  const terms = termsOf(settings, book);
  const perChargeCents = larger(terms.mostCents, terms.mostForRequestCents);
  const chargesPerDay = chargesWithin(DAY_SECONDS, book);
  const chargesPerMonth = chargesWithin(LONGEST_MONTH_DAYS * DAY_SECONDS, book);
  const bounded = (charges: bigint | null, limit: bigint) =>
    cents(charges === null || charges * perChargeCents > limit ? limit : charges * perChargeCents);
  const worst = {
    perChargeCents,
    chargesPerDay,
    perDayCents: bounded(chargesPerDay, 2n * terms.mostAMonthCents),
    perMonthCents: bounded(chargesPerMonth, terms.mostAMonthCents),
  };
  return { ...worst, sentence: sentenceOf(worst, terms) };
}

/** So many fit into any stretch of that length, each a cooldown after the one before. */
function chargesWithin(seconds: bigint, { autoTopUp: { cooldownSeconds } }: AutoTopUpBook): bigint | null {
  if (cooldownSeconds === 0n) return null;
  return (seconds + cooldownSeconds - 1n) / cooldownSeconds;
}

function sentenceOf(worst: Omit<WorstCase, 'sentence'>, { book, mostCents }: AutoTopUpTerms): string {
  const money = (amount: Cents) => formatMoney(amount, book.currency);
  const { perChargeCents, chargesPerDay, perMonthCents } = worst;
  const often =
    chargesPerDay === null ? [] : [chargesPerDay === 1n ? 'once a day' : `${chargesPerDay} times a day`];
  const request =
    perChargeCents === mostCents
      ? []
      : [`or up to ${money(perChargeCents)} where a waiting request lacks more`];
  const bounds = [...request, ...often].map((bound) => `, ${bound}`).join('');
  const comma = bounds === '' ? '' : ',';
  return `At most ${money(mostCents)} per charge${bounds}${comma} and ${money(perMonthCents)} a month.`;
}

const larger = (a: Cents, b: Cents): Cents => (a > b ? a : b);
