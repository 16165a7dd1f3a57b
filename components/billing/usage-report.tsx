'use client';

import { useSuspenseQuery } from '@tanstack/react-query';

import type { Usage } from '@/lib/contracts/usage';
import type { UsagePage } from '@/lib/contracts/usage-page';
import { daysFrom } from '@/lib/domain/local-date';
import { usageQuery } from '@/lib/queries/usage';

import { Attention } from '../ui/attention';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { Time } from '../ui/time';
import { useAccountPlace } from './account-place';
import { chargesOf } from './usage-address';
import { UsageFigure } from './usage-figure';
import { UsageFilters } from './usage-filters';
import { UsageHints } from './usage-hints';
import { lineOfAll, linesOfGroups, linesOfPeriods } from './usage-lines';
import { UsageTable } from './usage-table';
import { SPLIT_WORDS } from './usage-text';
import { UsageTiles } from './usage-tiles';

const SPLIT_TITLES = { service: 'service', key: 'API key', member: 'member', metadata: 'metadata' };
const GRAIN_TITLES = { hour: 'Hour', day: 'Day', week: 'Week', month: 'Month' };

/** `search` is the query of the page's address. */
export function UsageReport({ search }: { search: string }) {
  const { data: page, isRefetchError } = useSuspenseQuery(usageQuery(search));
  const { usage, hints, forecast } = page;
  return (
    <div className="grid gap-6">
      <UsageFilters search={search} {...page} />
      {usage.kind === 'too-many' ? (
        <Attention tone="warn">
          That is {usage.count.toLocaleString('en-US')} charges to read one by one. Choose fewer days, one
          service, or days of {page.choices.timeZone}.
        </Attention>
      ) : (
        <>
          <UsageTiles usage={usage.read} forecast={forecast} />
          <Shown search={search} page={page} usage={usage.read} isLate={isRefetchError} />
        </>
      )}
      {hints.length > 0 && <UsageHints hints={hints} />}
    </div>
  );
}

type ShownProps = { search: string; page: UsagePage; usage: Usage; isLate: boolean };

function Shown({ search, page: { choices }, usage, isLate }: ShownProps) {
  const { by, grain, from, to, totals } = usage;
  const days = daysFrom(from, to);
  const all = lineOfAll(usage, search);
  return (
    <Card
      flush
      title={`Used each ${grain}, by ${SPLIT_TITLES[by]}`}
      aside={
        <span className="text-12 text-ink-3">
          {isLate && 'Could not refresh; trying again. '}As of <Time instant={usage.asOf} show="time" />
        </span>
      }
    >
      {totals.count === 0 && totals.returned === 0n ? (
        <EmptyState
          title={`Nothing was used in ${days === 1 ? 'this day' : `these ${days} days`}`}
          line="Every charge that your programs report will stand here, by day and by service."
        />
      ) : (
        <>
          <UsageFigure usage={usage} choices={choices} />
          <UsageTable
            of={SPLIT_WORDS[by].one}
            label={`Used, by ${SPLIT_TITLES[by]}`}
            lines={linesOfGroups(usage, choices, search)}
            all={all}
          />
          <details className="border-t">
            <summary className="px-4 py-3 text-13 font-medium text-accent-ink sm:px-6">
              Each {grain} as a table
            </summary>
            <UsageTable
              of={GRAIN_TITLES[grain]}
              label={`Used, by ${grain}`}
              lines={linesOfPeriods(usage, search)}
              all={{ ...all, change: null }}
            />
          </details>
          <Export search={search} usage={usage} />
        </>
      )}
    </Card>
  );
}

/** The lines behind the figures, as a file: it ends with the sum that the ledger itself confirms. */
function Export({ search, usage }: { search: string; usage: Usage }) {
  const { isStaff } = useAccountPlace();
  if (isStaff) return null;
  const lines = chargesOf(search, usage);
  return (
    <p className="border-t px-4 pt-3 pb-2 text-13 text-ink-2 sm:px-6">
      Every charge of these days as{' '}
      <a className="link" href={`/api/activity/export?format=csv&${lines}`} download>
        CSV
      </a>{' '}
      or{' '}
      <a className="link" href={`/api/activity/export?format=json&${lines}`} download>
        JSON
      </a>
    </p>
  );
}
