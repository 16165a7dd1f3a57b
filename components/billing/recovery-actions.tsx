import type { RecoveryShown } from '@/lib/contracts/recovery';
import { cardName } from '@/lib/domain/card-words';
import { formatMoney } from '@/lib/domain/format';
import { actionsOf, type RecoveryAction } from '@/lib/domain/recovery';

import { Button } from '../ui/button';
import { TargetForm } from '../ui/target-form';
import { cardKept } from './recovery-text';

type PayableCard = { paymentMethod: string; brand: string; last4: string; isExpired: boolean };

/** A form says whose payment it is about: by the mailed link, or by the payment's id where somebody is signed in. */
type Whose = { link: string } | { top_up: string };

export type RecoveryActionsProps = {
  recovery: RecoveryShown;
  /** The newest first; null where Stripe could not be asked. */
  cards: readonly PayableCard[] | null;
  /** The card of the last attempt, where it is still kept. */
  tried: string | null;
  /** A card was saved for this payment just now: it comes first. */
  isCardNew: boolean;
  whose: Whose;
};

type Way = { key: string; action: string; label: string; note?: string; hidden: Record<string, string> };

/** What can be done about a payment, each a plain form: the likeliest first, and giving up last. */
export function RecoveryActions(props: RecoveryActionsProps) {
  const { recovery, whose } = props;
  const ways = waysOf(props);
  const canGiveUp = actionsOf(recovery.state, { hasOtherCards: false }).includes('give-up');
  return (
    <div className="grid gap-3">
      {ways.map(({ key, action, label, note, hidden }, place) => (
        <TargetForm key={key} target={{ action, hidden: { ...whose, ...hidden } }} className="grid gap-1.5">
          <Button type="submit" size="lg" wide variant={place === 0 ? 'primary' : 'secondary'}>
            {label}
          </Button>
          {note !== undefined && <p className="text-13 text-ink-3">{note}</p>}
        </TargetForm>
      ))}
      {canGiveUp && <GiveUp recovery={recovery} whose={whose} />}
    </div>
  );
}

function waysOf({ recovery, cards, tried, isCardNew }: RecoveryActionsProps): Way[] {
  const price = formatMoney(recovery.priceCents, recovery.currency);
  const known = cards ?? [];
  const last = known.find(({ paymentMethod }) => paymentMethod === tried);
  const others = known.filter(({ paymentMethod, isExpired }) => paymentMethod !== tried && !isExpired);
  const pay = ({ paymentMethod }: PayableCard, label: string): Way => ({
    key: paymentMethod,
    action: '/api/recovery/pay',
    label,
    hidden: { attempt: String(recovery.nextAttempt), card: paymentMethod },
  });
  const ways: Record<RecoveryAction, Way[]> = {
    authenticate: last
      ? [
          {
            ...pay(last, `Confirm ${price} with your bank`),
            note: 'The next page is your bank’s, and leads back here.',
          },
        ]
      : [],
    retry: last ? [pay(last, `Try ${cardName(last)} again for ${price}`)] : [],
    'another-saved-card': others.map((card) => pay(card, `Pay ${price} with ${cardName(card)}`)),
    'new-card': [
      {
        key: 'new-card',
        action: '/api/recovery/new-card',
        label: 'Use a new card',
        note: `You enter it on Stripe’s page. Nothing is charged until you are back here and press Pay. ${cardKept(recovery)}`,
        hidden: {},
      },
    ],
    'give-up': [],
  };
  const offered = actionsOf(recovery.state, { hasOtherCards: others.length > 0 });
  const inOrder = isCardNew
    ? [...offered.filter(isOther), ...offered.filter((action) => !isOther(action))]
    : offered;
  // Without an answer from Stripe no card is known, and the page says so.
  return cards === null ? [] : inOrder.flatMap((action) => ways[action]);
}

const isOther = (action: RecoveryAction) => action === 'another-saved-card';

function GiveUp({ recovery, whose }: Pick<RecoveryActionsProps, 'recovery' | 'whose'>) {
  const price = formatMoney(recovery.priceCents, recovery.currency);
  return (
    <details className="group">
      <summary className="cursor-pointer py-2 text-14 text-ink-2 underline underline-offset-4">
        Give this payment up
      </summary>
      <div className="mt-2 grid justify-items-start gap-3 rounded-card border p-4">
        <p className="text-14 text-ink-2">
          The invoice of {price} is voided: nothing is charged, and this page can no longer pay it.
          {recovery.autoTopUp === 'paused' && ' Automatic top-up stays paused until you let it go on.'}
          {recovery.plan.lines.length > 0 &&
            ' What waits keeps waiting until it is paid for in another way, or its days are over.'}
        </p>
        <TargetForm target={{ action: '/api/recovery/give-up', hidden: whose }}>
          <Button type="submit" variant="danger">
            Void the invoice of {price}
          </Button>
        </TargetForm>
      </div>
    </details>
  );
}
