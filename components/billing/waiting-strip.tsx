'use client';

import { useSuspenseQuery } from '@tanstack/react-query';

import { outlookQuery } from '@/lib/queries/outlook';

import { Attention } from '../ui/attention';
import { ButtonLink } from '../ui/button-link';
import { useCreditWords } from './credit-unit';
import { daysKept } from './waiting-text';

/** That finished work waits to be paid for, while it does. */
export function WaitingStrip() {
  const { waiting } = useSuspenseQuery(outlookQuery).data;
  const words = useCreditWords();
  const [oldest] = waiting.lines;
  if (oldest === undefined) return null;
  const { count, amount, lacks } = waiting;
  return (
    <Attention
      tone="warn"
      action={
        <ButtonLink size="sm" href={lacks > 0n ? `/buy?need=${lacks}` : '/buy'}>
          Buy credits
        </ButtonLink>
      }
    >
      {count === 1 ? 'One finished operation waits' : `${count} finished operations wait`} for{' '}
      {words.said(amount)}; the oldest is {daysKept(oldest.daysLeft)}.
    </Attention>
  );
}
