'use client';

import { useSuspenseQuery } from '@tanstack/react-query';

import { ACTIVITY_PAGE_ENTRIES, activityQuery } from '@/lib/queries/activity';

import { ButtonLink } from '../ui/button-link';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { useAccountPlace } from './account-place';
import { ActivityFilters } from './activity-filters';
import { ActivityTable } from './activity-table';
import { NoActivity } from './no-activity';

/** `search` is the query of the page's address. */
export function ActivityList({ search }: { search: string }) {
  const { at } = useAccountPlace();
  const { data, isRefetchError } = useSuspenseQuery(activityQuery(search));
  const { entries, nextBefore } = data.page;
  const asked = new URLSearchParams(search);
  const isFirst = !asked.has('before');
  const isNarrowed = [...asked.keys()].some((name) => name !== 'before' && name !== 'timeZone');
  return (
    <div className="grid gap-6">
      <ActivityFilters search={search} timeZone={data.timeZone} choices={data.choices} />
      <Card
        flush
        title={isNarrowed ? 'Chosen lines' : 'All activity'}
        aside={
          <span className="text-12 text-ink-3">
            {isRefetchError && 'Could not refresh; trying again. '}Newest first
          </span>
        }
      >
        {entries.length > 0 && <ActivityTable entries={entries} label="Activity" />}
        {entries.length === 0 &&
          (isNarrowed || !isFirst ? (
            <EmptyState
              title="No line is like that"
              line="Choose more days, other amounts, or search for something else."
              action={<ButtonLink href={at('/activity')}>Show everything</ButtonLink>}
            />
          ) : (
            <NoActivity withAction />
          ))}
        {entries.length > 0 && (
          <nav
            aria-label="Pages of the activity"
            className="flex flex-wrap items-center justify-center gap-3 border-t px-4 pt-3 pb-1 text-13 text-ink-3"
          >
            {!isFirst && (
              <ButtonLink size="sm" href={at(pageAddress(asked, null))}>
                Newest
              </ButtonLink>
            )}
            {!isFirst && !isNarrowed && (
              <ButtonLink size="sm" href={at(pageAddress(asked, newerThan(entries[0]?.seq)))}>
                Newer
              </ButtonLink>
            )}
            {nextBefore === null ? (
              <p className="py-1">
                {isNarrowed ? 'There are no older lines like that.' : 'This is where the account begins.'}
              </p>
            ) : (
              <ButtonLink size="sm" href={at(pageAddress(asked, nextBefore))}>
                Older
              </ButtonLink>
            )}
          </nav>
        )}
      </Card>
    </div>
  );
}

function pageAddress(asked: URLSearchParams, before: string | null): `/${string}` {
  const page = new URLSearchParams(asked);
  if (before === null) page.delete('before');
  else page.set('before', before);
  const search = page.toString();
  return search === '' ? '/activity' : `/activity?${search}`;
}

/** Lines have no gap in their numbers, so that the page before this one is known. */
const newerThan = (first: string | undefined) =>
  first === undefined ? null : `${BigInt(first) + BigInt(ACTIVITY_PAGE_ENTRIES) + 1n}`;
