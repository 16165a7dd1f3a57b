'use client';

import { useSuspenseInfiniteQuery } from '@tanstack/react-query';

import { activityQuery } from '@/lib/queries/activity';
import { RequestFailed } from '@/lib/queries/http';

import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { ActivityTable } from './activity-table';
import { NoActivity } from './no-activity';

export function ActivityList() {
  const activity = useSuspenseInfiniteQuery(activityQuery);
  const entries = activity.data.pages.flatMap((page) => page.entries);
  const { error, isFetchNextPageError, isFetchingNextPage } = activity;

  return (
    <Card flush title="All activity" aside={<span className="text-12 text-ink-3">Newest first</span>}>
      {entries.length === 0 ? (
        <NoActivity withAction />
      ) : (
        <ActivityTable entries={entries} label="All activity" />
      )}
      {isFetchNextPageError && (
        <div className="px-4 pt-3 sm:px-6">
          <Attention tone="bad" role="alert">
            Older lines could not be loaded{error instanceof RequestFailed && `: ${error.message}`}
          </Attention>
        </div>
      )}
      {entries.length > 0 && (
        <div className="flex justify-center border-t px-4 pt-3 pb-1 text-13 text-ink-3">
          {activity.hasNextPage ? (
            <Button
              size="sm"
              pending={isFetchingNextPage}
              pendingLabel="Loading…"
              onClick={() => void activity.fetchNextPage()}
            >
              Load older
            </Button>
          ) : (
            <p className="py-1">This is where the account begins.</p>
          )}
        </div>
      )}
    </Card>
  );
}
