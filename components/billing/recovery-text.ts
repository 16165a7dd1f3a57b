import type { RecoveryShown } from '@/lib/contracts/recovery';
import { cardName } from '@/lib/domain/card-words';
import { type CreditUnit, creditWords } from '@/lib/domain/credit-words';
import { formatMoney } from '@/lib/domain/format';

const priceOf = ({ priceCents, currency }: Pick<RecoveryShown, 'priceCents' | 'currency'>) =>
  formatMoney(priceCents, currency);

/** What the page of a payment is about. */
export function recoveryTitle(recovery: Pick<RecoveryShown, 'state' | 'priceCents' | 'currency'>): string {
  const price = priceOf(recovery);
  const titles: Readonly<Record<RecoveryShown['state']['kind'], string>> = {
    'authentication-required': `Confirm your payment of ${price}`,
    authenticating: `Confirm your payment of ${price}`,
    declined: `Your payment of ${price} was declined`,
    processing: `Your payment of ${price} is being confirmed`,
    paid: `Your payment of ${price} is made`,
    'given-up': `The payment of ${price} was given up`,
    lapsed: `The payment of ${price} has ended`,
  };
  return titles[recovery.state.kind];
}

/** What was to be bought, with what, and where that stands. */
export function recoveryLine(recovery: RecoveryShown, credit: CreditUnit): string {
  const bought = `${creditWords(credit).said(recovery.credits)} for ${recovery.accountName}`;
  const card = recovery.card === null ? 'a saved card' : cardName(recovery.card);
  const waits = `${bought}, to be paid automatically with ${card}. Nothing was charged.`;
  const lines: Readonly<Record<RecoveryShown['state']['kind'], string>> = {
    'authentication-required': waits,
    authenticating: waits,
    declined: waits,
    processing: `${bought}, with ${card}. No need to pay again: the bank has not said so yet.`,
    paid: `${bought} were added to the balance. A receipt is on its way by email.`,
    'given-up': `Nothing was charged for ${bought}, and nothing more will be tried.`,
    lapsed: `Nothing was charged for ${bought}. It can no longer be paid.`,
  };
  return lines[recovery.state.kind];
}

/** What becomes of a card that is entered for a payment: of which nobody should learn from their bank. */
export const cardKept = ({ accountName }: Pick<RecoveryShown, 'accountName'>): string =>
  `It stays saved for ${accountName}. Where no default card is left, it becomes the default, and automatic top-up may charge it from then on, without asking again.`;

/** What follows when the payment comes, in the order in which it happens. */
export function afterPayment({ plan, credits, autoTopUp }: RecoveryShown, credit: CreditUnit): string[] {
  const words = creditWords(credit);
  const { lines, released } = plan;
  const waiting = BigInt(lines.length);
  return [
    `${words.said(credits)} are added to the balance, and a receipt is mailed.`,
    ...(waiting === 0n ? [] : [releaseSentence({ waiting, released })]),
    ...(autoTopUp === 'paused' ? ['Automatic top-up goes on, where the card that it charges pays.'] : []),
  ];
}

const releaseSentence = ({ waiting, released }: { waiting: bigint; released: bigint }): string => {
  if (released === 0n) return 'None of what waits is released: the oldest needs more.';
  if (released === waiting)
    return waiting === 1n ? 'What waits is released.' : `All ${waiting} that wait are released.`;
  return `${released} of ${waiting} that wait are released, the oldest first.`;
};
