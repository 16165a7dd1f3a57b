import { render } from '@react-email/components';

import { cardName } from '@/lib/domain/card-words';
import { creditWords } from '@/lib/domain/credit-words';
import type { Cents, Credits } from '@/lib/domain/credits';
import type { Decline } from '@/lib/domain/decline';
import { formatMoney } from '@/lib/domain/format';
import type { PriceBook } from '@/lib/domain/price-book';
import type { Recovery } from '@/lib/domain/recovery';
import type { ReleasePlan } from '@/lib/domain/release-plan';

import { MailFrame } from './mail-frame';
import { MailLine } from './mail-line';
import type { Mail } from './send-mail';

type Needed = {
  topUpId: string;
  accountName: string;
  to: string;
  state: Recovery;
  reason: Decline;
  credits: Credits;
  priceCents: Cents;
  currency: string;
  card: { brand: string; last4: string } | null;
  plan: ReleasePlan;
  /** Whether automatic top-up goes on once this payment is made; not where it is off, or paused for another reason. */
  goesOn: boolean;
  /** Where the payment is seen to, without signing in. */
  href: string;
  askedAt: Date;
};

/** Sent when an automatic payment is declined, or waits to be confirmed: what happened, what waits, and what to do. */
export async function paymentNeedsCustomerMail(needed: Needed, credit: PriceBook['credit']): Promise<Mail> {
  const mail = <PaymentNeedsCustomerMail needed={needed} credit={credit} />;
  const price = formatMoney(needed.priceCents, needed.currency);
  return {
    id: `recovery.${needed.topUpId}.${needed.askedAt.getTime()}`,
    to: needed.to,
    subject:
      needed.state.kind === 'declined'
        ? `Your payment of ${price} was declined`
        : `Confirm your payment of ${price}`,
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  };
}

function PaymentNeedsCustomerMail({ needed, credit }: { needed: Needed; credit: PriceBook['credit'] }) {
  const { state, reason, accountName, plan, goesOn } = needed;
  const words = creditWords(credit);
  const price = formatMoney(needed.priceCents, needed.currency);
  const isDeclined = state.kind === 'declined';
  const card = needed.card === null ? 'your card' : cardName(needed.card);
  return (
    <MailFrame
      preview={`${price} for ${words.said(needed.credits)} with ${card}. Nothing was charged.`}
      title={isDeclined ? `${price} was declined` : `${price} waits for you`}
      action={{ label: isDeclined ? 'See to this payment' : 'Confirm this payment', href: needed.href }}
      footer={`You receive this because you own ${accountName}, which buys ${credit.plural} automatically. The button works for 24 hours and for this one payment; do not forward it. You can always sign in instead.`}
    >
      <MailLine>
        {accountName} ran low, so {words.said(needed.credits)} were to be bought for {price} with {card}.
      </MailLine>
      <MailLine>{reason.explanation} Nothing was charged.</MailLine>
      {plan.lines.length > 0 && <MailLine>{waitingSentence(plan)}</MailLine>}
      <MailLine>
        {isDeclined
          ? 'The page behind the button lets you try again, use another card, or give the payment up.'
          : 'The page behind the button takes you to your bank, or lets you use another card.'}
      </MailLine>
      <MailLine>{goesOn ? GOES_ON : STAYS}</MailLine>
    </MailFrame>
  );
}

const GOES_ON =
  'Until then automatic top-up is paused, and no further payment is tried. It goes on once this payment is made with this ' +
  'card; after another card paid, you say which one it charges.';
const STAYS = 'Automatic top-up charges nothing more by itself, whatever becomes of this payment.';

function waitingSentence({ lines, released }: ReleasePlan): string {
  const [oldest] = lines;
  const waits =
    lines.length === 1 ? 'One finished piece of work waits' : `${lines.length} finished pieces of work wait`;
  const days = oldest === undefined || oldest.daysLeft === 1n ? '1 day' : `${oldest.daysLeft} days`;
  return `${waits} to be paid for, the oldest for ${days} more. This payment releases ${freed(lines.length, released)}.`;
}

function freed(waiting: number, released: bigint): string {
  if (released === 0n) return 'none of it: the oldest needs more';
  if (released < BigInt(waiting)) return released === 1n ? 'the first one' : `the first ${released}`;
  return waiting === 1 ? 'it' : 'all of it';
}
