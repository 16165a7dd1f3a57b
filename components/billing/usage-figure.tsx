'use client';

import { lazy, Suspense, useMemo } from 'react';

import type { Usage } from '@/lib/contracts/usage';
import type { UsageChoices } from '@/lib/contracts/usage-choices';
import { exactNumber } from '@/lib/domain/number-of';

import { Skeleton } from '../ui/skeleton';
import { dayText, periodText } from '../ui/time-text';
import { useHydrated } from '../ui/use-hydrated';
import { useCreditWords } from './credit-unit';
import { usageColumns } from './usage-columns';
import { groupText, shareText } from './usage-text';

// Recharts is large, and nothing of it can be drawn before the width is known.
const StackedBars = lazy(async () => ({ default: (await import('../charts/stacked-bars')).StackedBars }));

type UsageFigureProps = { usage: Usage; choices: UsageChoices };

/** The bars, and the same in a sentence for whoever does not see them. */
export function UsageFigure({ usage, choices }: UsageFigureProps) {
  const words = useCreditWords();
  const hydrated = useHydrated();
  const { by, grain, from, to, totals, groups } = usage;
  const { series, periods } = useMemo(
    () => usageColumns(usage, (group) => groupText(usage.by, group, choices)),
    [usage, choices],
  );
  const bars = periods.map(({ localStart, amounts }) => ({
    label: periodText(localStart, grain),
    values: amounts.map(exactNumber),
    texts: amounts.map((amount) => (amount === 0n ? null : words.said(amount))),
  }));
  return (
    <figure className="px-4 pt-1 sm:px-6">
      <figcaption className="sr-only">
        {words.said(totals.used)} used from {dayText(from)} to {dayText(to)}:{' '}
        {groups.map((group) => `${groupText(by, group, choices)} ${shareText(group.share)}`).join(', ')}.
      </figcaption>
      <div className="h-64">
        <Suspense fallback={<Skeleton className="h-full w-full" />}>
          {hydrated ? (
            <StackedBars
              label={`${words.plural} used, a bar for each ${grain}`}
              series={series}
              bars={bars}
              tickText={words.axis}
            />
          ) : (
            <Skeleton className="h-full w-full" />
          )}
        </Suspense>
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
