'use client';

import dynamic from 'next/dynamic';
import { useMemo } from 'react';

import type { Usage } from '@/lib/contracts/usage';
import { exactNumber } from '@/lib/domain/number-of';

import { Skeleton } from '../ui/skeleton';
import { dayText } from '../ui/time-text';
import { useCreditWords } from './credit-unit';
import { usageColumns } from './usage-columns';
import { groupText, shareText } from './usage-text';

// Recharts is large, and nothing of it can be drawn before the width is known.
const StackedBars = dynamic(async () => (await import('../charts/stacked-bars')).StackedBars, {
  ssr: false,
  loading: () => <Skeleton className="h-full w-full" />,
});

/** The bars, and the same in a sentence for whoever does not see them. */
export function UsageFigure({ usage }: { usage: Usage }) {
  const words = useCreditWords();
  const { series, days } = useMemo(() => usageColumns(usage), [usage]);
  const bars = days.map(({ localStart, amounts }) => ({
    label: dayText(localStart),
    values: amounts.map(exactNumber),
    texts: amounts.map((amount) => (amount === 0n ? null : words.said(amount))),
  }));
  const [most] = usage.groups;
  return (
    <figure className="px-4 pt-1 sm:px-6">
      <figcaption className="sr-only">
        {words.said(usage.totals.used)} used from {dayText(usage.from)} to {dayText(usage.to)}
        {most !== undefined && `, most of it by ${groupText(most)}: ${shareText(most.share)}`}. The table
        below says the same.
      </figcaption>
      <div className="h-64">
        <StackedBars series={series} bars={bars} />
      </div>
      <ul aria-hidden className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-12 text-ink-2">
        {series.map((name, index) => (
          <li key={name} className="flex min-w-0 items-center gap-1.5">
            <span
              data-bar
              className="size-2.5 shrink-0 rounded-sm"
              style={{ background: `var(--series-${index + 1})` }}
            />
            <span className="min-w-0 wrap-anywhere">{name}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
