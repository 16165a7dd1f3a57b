import Link from 'next/link';

import type { Outlook } from '@/lib/contracts/outlook';
import { formatMoney } from '@/lib/domain/format';

import { Badge } from '../ui/badge';
import { Card } from '../ui/card';
import { Said } from '../ui/said';

type AutoTopUpCardProps = Pick<Outlook, 'autoTopUp' | 'currency'> & {
  /** Of the page of the rule, which staff only look at. */
  href: string;
  isStaff: boolean;
};

/** Whether anything is bought by itself, of which card, and at most how much. Drawn on the server: a first load is counted. */
export function AutoTopUpCard({ autoTopUp, currency, href, isStaff }: AutoTopUpCardProps) {
  return (
    <Card title="Auto top-up" aside={<Badge>{stateWord(autoTopUp)}</Badge>}>
      <div className="grid justify-items-start gap-3 text-14 text-ink-2">
        {autoTopUp === null ? (
          <p>Nothing is bought by itself. Work is refused or waits when the balance is used up.</p>
        ) : (
          <RuleInWords autoTopUp={autoTopUp} currency={currency} />
        )}
        <Link href={href} className="link text-13">
          {isStaff ? 'Why it charges or not' : autoTopUp === null ? 'See what it would do' : 'Manage'}{' '}
          <span aria-hidden>→</span>
        </Link>
      </div>
    </Card>
  );
}

const stateWord = (autoTopUp: Outlook['autoTopUp']) => {
  if (autoTopUp === null) return 'Off';
  return autoTopUp.isPaused ? 'Paused' : 'On';
};

type RuleInWordsProps = { autoTopUp: NonNullable<Outlook['autoTopUp']>; currency: string };

function RuleInWords({ autoTopUp, currency }: RuleInWordsProps) {
  const { sentence, card, isPaused, now, perChargeCents, perMonthCents, chargedThisMonth } = autoTopUp;
  const money = (amount: typeof perChargeCents) => formatMoney(amount, currency);
  return (
    <>
      <p className="text-ink">{sentence}</p>
      {isPaused && (
        <p className="font-medium text-warn">
          <Said parts={now.said} />
        </p>
      )}
      <p className="text-13 tabular-nums">
        {card === null ? 'At most' : `${card} · at most`} {money(perChargeCents)} a charge,{' '}
        {money(perMonthCents)} a month · {money(chargedThisMonth)} this month
      </p>
    </>
  );
}
