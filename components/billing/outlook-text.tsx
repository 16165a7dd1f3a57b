import type { Outlook } from '@/lib/contracts/outlook';
import { creditWords, type CreditUnit } from '@/lib/domain/credit-words';
import { formatMoney } from '@/lib/domain/format';

import { Time } from '../ui/time';

type OutlookTextProps = { outlook: Outlook; credit: CreditUnit };

const DAY_MS = 86_400_000n;

/** How long it lasts; or, where auto top-up sees to that, when the card is charged next. */
export function OutlookText({ outlook, credit }: OutlookTextProps) {
  const { autoTopUp, asOf, currency, runway } = outlook;
  if (autoTopUp === null || autoTopUp.isPaused || autoTopUp.next?.kind !== 'charge')
    return <RunwayText runway={runway} credit={credit} />;
  const { at, priceCents } = autoTopUp.next;
  const money = formatMoney(priceCents, currency);
  if (at <= asOf) return <>The next automatic top-up, of {money}, is due now.</>;
  return (
    <>
      At the pace of the last 7 days the next automatic top-up, of about {money}, is{' '}
      {aboutDays(BigInt(at.getTime() - asOf.getTime()) / DAY_MS, 'in')}, around <Time instant={at} />.
    </>
  );
}

function RunwayText({ runway, credit }: { runway: Outlook['runway']; credit: CreditUnit }) {
  const { kind } = runway;
  if (kind === 'empty') return <>Nothing is available to spend.</>;
  if (kind === 'idle') return <>Nothing was used in the last 7 days.</>;
  if (kind === 'accumulating') {
    return (
      <>
        How long this lasts can be said from <Time instant={runway.readyAt} />: there is too little to go by
        yet.
      </>
    );
  }
  const pace = `At the pace of the last 7 days, ${creditWords(credit).said(runway.perDay)} a day, this lasts`;
  if (kind === 'ample') return <>{pace} over a year.</>;
  return (
    <>
      {pace} {aboutDays(runway.days, '')}, until <Time instant={runway.until} />.
    </>
  );
}

function aboutDays(days: bigint, before: string): string {
  if (days < 1n) return `${before} less than a day`.trim();
  return `${before} about ${days === 1n ? '1 day' : `${days} days`}`.trim();
}
