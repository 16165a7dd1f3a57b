'use client';

import type { Outlook } from '@/lib/contracts/outlook';
import { creditWords, type CreditUnit } from '@/lib/domain/credit-words';

import { Attention } from '../ui/attention';
import { ButtonLink } from '../ui/button-link';
import { useAccountPlace } from './account-place';
import { daysKept } from './waiting-text';

/** That finished work waits to be paid for, while it does. */
export function WaitingStrip({ waiting, credit }: { waiting: Outlook['waiting']; credit: CreditUnit }) {
  const { isStaff } = useAccountPlace();
  const words = creditWords(credit);
  const [oldest] = waiting.lines;
  if (oldest === undefined) return null;
  const { count, amount, lacks } = waiting;
  return (
    <Attention
      tone="warn"
      action={
        !isStaff && (
          <ButtonLink size="sm" href={lacks > 0n ? `/buy?need=${lacks}` : '/buy'}>
            Buy credits
          </ButtonLink>
        )
      }
    >
      {count === 1 ? 'One finished operation waits' : `${count} finished operations wait`} for{' '}
      {words.said(amount)}; the oldest is {daysKept(oldest.daysLeft)}.
    </Attention>
  );
}
