import type {
  AutoTopUpDecision,
  AutoTopUpFacts,
  AutoTopUpRule,
  ChargeReason,
  WaitReason,
} from './auto-top-up';
import { creditWords } from './credit-words';
import { type Cents, credits } from './credits';
import { formatMoney } from './format';
import type { AutoTopUpBook } from './price-book';
import type { Sentence } from './sentence';

type Decided = { readonly rule: AutoTopUpRule; readonly facts: AutoTopUpFacts; readonly book: AutoTopUpBook };

/** A decision in one sentence for the customer, with the numbers that it was made from. */
export function sayAutoTopUp(decision: AutoTopUpDecision, { rule, facts, book }: Decided): Sentence {
  const said = creditWords(book.credit).said;
  const money = (amount: Cents) => formatMoney(amount, book.currency);
  const told = {
    threshold: said(rule.threshold),
    limit: money(rule.monthlyLimitCents),
    used: money(facts.chargedThisMonth),
    available: said(facts.available),
    inFlight: said(facts.inFlight),
    shortfall: said(facts.trigger.kind === 'inline' ? facts.trigger.shortfall : credits(0n)),
    plural: book.credit.plural,
    lastAt: facts.lastAutoTopUpAt,
    declinedAt: facts.declines?.lastAt ?? null,
  };
  return decision.kind === 'wait'
    ? waits[decision.because]({ ...told, next: nextOf(decision.until) })
    : charges[decision.because]({
        ...told,
        bought: `${said(decision.credits)} for ${money(decision.priceCents)}`,
      });
}

type Told = {
  readonly [amount in 'threshold' | 'limit' | 'used' | 'available' | 'inFlight' | 'shortfall']: string;
} & { readonly plural: string; readonly lastAt: Date | null; readonly declinedAt: Date | null };

const charges: Readonly<Record<ChargeReason, (told: Told & { readonly bought: string }) => Sentence>> = {
  'below-threshold': ({ threshold, bought }) => [
    `Your balance fell below ${threshold}, so automatic top-up buys ${bought}.`,
  ],
  'request-short': ({ shortfall, bought }) => [
    `A request lacked ${shortfall}, so automatic top-up buys ${bought}.`,
  ],
  'rest-of-monthly-limit': ({ limit, bought }) => [
    `Automatic top-up buys ${bought}: no more is left of your monthly limit of ${limit}.`,
  ],
};

const waits: Readonly<Record<WaitReason, (told: Told & { readonly next: Sentence }) => Sentence>> = {
  off: () => ['Automatic top-up is off.'],
  'card-declined': () => [
    'Automatic top-up is paused, because your bank declined a payment; it resumes when you complete that payment with the ' +
      'card that it charges, or when you turn it on again: with another card, or once that payment is closed.',
  ],
  'authentication-required': () => [
    'Automatic top-up is paused, because your bank asks you to confirm a payment; it resumes when you have done so, or ' +
      'when you turn it on again: with another card, or once that payment is closed.',
  ],
  'card-missing': () => [
    'Automatic top-up is paused, because there is no card to charge; add one, and turn it on again with that card.',
  ],
  'card-expired': () => [
    'Automatic top-up is paused, because the card has expired; update it or choose another one, and turn it on again.',
  ],
  'payment-disputed': () => [
    'Automatic top-up is paused, because a payment of this account is disputed at the bank; it can be turned on again when ' +
      'that is settled.',
  ],
  'payment-withdrawn': () => [
    'Automatic top-up is paused, because the last payment was taken back before it was made, so that nothing was charged; ' +
      'you can turn it on again.',
  ],
  'paused-by-staff': () => [
    'Automatic top-up is paused by our support team, who can tell you why and turn it on again.',
  ],
  'account-restricted': () => [
    'This account is restricted, so nothing is charged automatically; our support can tell you more.',
  ],
  'rule-outside-bounds': () => [
    'What automatic top-up can be set to has changed since you set it; nothing is charged until you have looked at it.',
  ],
  'enough-credits': ({ available, threshold }) => [
    `You have ${available} available; automatic top-up waits until there are fewer than ${threshold}.`,
  ],
  'charge-under-way': () => [
    'An automatic top-up is being paid, or waits to be; there is never a second one beside it.',
  ],
  'credits-on-their-way': ({ inFlight }) => [
    `${inFlight} that you bought are on their way, and they are enough: nothing more is charged.`,
  ],
  'request-too-large': ({ shortfall, plural }) => [
    `A request lacked ${shortfall}, which is more than one automatic top-up may buy; buy ${plural} yourself to go on.`,
  ],
  'cooling-down': ({ lastAt, next }) =>
    lastAt === null
      ? ['There was an automatic top-up just now', ...next]
      : ['Your last automatic top-up was at ', lastAt, ...next],
  'backing-off': ({ declinedAt, next }) =>
    declinedAt === null
      ? ['Your bank declined the last automatic payment', ...next]
      : ['Your bank declined an automatic payment at ', declinedAt, ...next],
  'monthly-limit': ({ used, limit, next }) => [
    `${used} of your monthly limit of ${limit} are used, and what is left is too little for this top-up`,
    ...next,
  ],
};

const nextOf = (until: Date | null): Sentence =>
  until === null ? ['.'] : ['; the next one can happen at ', until, '.'];
