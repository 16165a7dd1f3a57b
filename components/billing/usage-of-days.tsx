'use client';

import { useSuspenseQuery } from '@tanstack/react-query';

import type { UsageOfDaysQuery } from '@/lib/contracts/usage';
import { usageQuery } from '@/lib/queries/usage';

import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { Time } from '../ui/time';
import { UsageFigure } from './usage-figure';
import { UsageTable } from './usage-table';
import { UsageTiles } from './usage-tiles';

export function UsageOfDays(wanted: UsageOfDaysQuery) {
  const { data: usage, isRefetchError } = useSuspenseQuery(usageQuery(wanted));
  const { count, returned } = usage.totals;
  return (
    <div className="grid gap-6">
      <UsageTiles usage={usage} />
      <Card
        flush
        title="Used each day, by service"
        aside={
          <span className="text-12 text-ink-3">
            {isRefetchError && 'Could not refresh; trying again. '}As of{' '}
            <Time instant={usage.asOf} show="time" />
          </span>
        }
      >
        {count === 0 && returned === 0n ? (
          <EmptyState
            title={`Nothing was used in these ${wanted.days} days`}
            line="Every charge that your programs report will stand here, by day and by service."
          />
        ) : (
          <>
            <UsageFigure usage={usage} />
            <UsageTable usage={usage} />
          </>
        )}
      </Card>
    </div>
  );
}
