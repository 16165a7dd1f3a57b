'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import Link from 'next/link';

import { RECENT_USAGE, usageQuery } from '@/lib/queries/usage';

import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { Figure } from '../ui/figure';
import { useAccountPlace } from './account-place';
import { useCreditWords } from './credit-unit';
import { UsageFigure } from './usage-figure';
import { changeText } from './usage-text';

/** What the last thirty days cost, day by day and service by service. */
export function RecentSpend() {
  const words = useCreditWords();
  const { at } = useAccountPlace();
  const { usage, choices } = useSuspenseQuery(usageQuery(RECENT_USAGE)).data;
  // By service there is a roll-up, so that this is always read.
  if (usage.kind !== 'read') return null;
  const { totals, change } = usage.read;
  return (
    <Card
      flush
      title="Spend, 30 days"
      aside={
        <Link href={at('/usage')} className="link text-13">
          By service, key and day <span aria-hidden>→</span>
        </Link>
      }
    >
      {totals.count === 0 && totals.returned === 0n ? (
        <EmptyState
          title="Nothing was used in these 30 days"
          line="Every charge that your programs report will stand here, by day and by service."
        />
      ) : (
        <>
          <p className="px-4 text-14 text-ink-2 sm:px-6">
            <Figure
              shown={words.figure(totals.spent)}
              exact={words.exactFigure(totals.spent)}
              className="text-20 font-semibold text-ink"
            />{' '}
            {words.unitOf(totals.spent)}
            {change !== null && ` · ${changeText(change)} used against the 30 days before`}
          </p>
          <UsageFigure usage={usage.read} choices={choices} />
        </>
      )}
    </Card>
  );
}
