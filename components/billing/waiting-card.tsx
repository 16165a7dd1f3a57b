'use client';

import Link from 'next/link';

import type { Outlook } from '@/lib/contracts/outlook';
import { creditWords, type CreditUnit } from '@/lib/domain/credit-words';

import { Card } from '../ui/card';
import { useAccountPlace } from './account-place';
import { daysKept } from './waiting-text';

/** What finished and is not paid for, the oldest first; nothing where nothing waits. */
export function WaitingCard({ waiting, credit }: { waiting: Outlook['waiting']; credit: CreditUnit }) {
  const { isStaff } = useAccountPlace();
  const words = creditWords(credit);
  const { count, lines, lacks } = waiting;
  if (count === 0) return null;
  const hidden = count - lines.length;
  return (
    <Card title={`Waiting for ${words.plural} · ${count}`}>
      <ul className="grid divide-y">
        {lines.map(({ reference, service, amount, daysLeft }) => (
          <li key={reference} className="flex flex-wrap justify-between gap-x-4 gap-y-0.5 py-2 text-14">
            <span className="min-w-0 wrap-anywhere text-ink">
              {reference} <span className="text-13 text-ink-3">{service}</span>
            </span>
            <span className="text-13 text-ink-2 tabular-nums">
              {words.withUnit(amount)} · {daysKept(daysLeft)}
            </span>
          </li>
        ))}
      </ul>
      {hidden > 0 && <p className="text-13 text-ink-3">And {hidden} more, behind these.</p>}
      {lacks > 0n && (
        <p className="pt-2 text-13 text-ink-2">
          {words.said(lacks)} more release all of it, the oldest first.{' '}
          {!isStaff && (
            <Link className="link" href={`/buy?need=${lacks}`}>
              Buy what is missing
            </Link>
          )}
        </p>
      )}
    </Card>
  );
}
