'use client';

import { useSuspenseQuery } from '@tanstack/react-query';

import { expiringCardQuery } from '@/lib/queries/cards';

import { Attention } from '../ui/attention';
import { ButtonLink } from '../ui/button-link';

/** On every page until it is done: the default card ends soon, or has ended. */
export function CardAttention() {
  const { card } = useSuspenseQuery(expiringCardQuery).data;
  if (card === null) return null;
  const { name, expires, expiry, isUsedByAutoTopUp } = card;
  return (
    <Attention
      tone="warn"
      action={
        <ButtonLink size="sm" href="/payment-methods">
          Update the card
        </ButtonLink>
      }
    >
      {expiry === 'soon' ? `${name} expires ${expires}` : `${name} has expired`}
      {isUsedByAutoTopUp ? ', and auto top-up charges it.' : ', and it is the default card.'}
    </Attention>
  );
}
