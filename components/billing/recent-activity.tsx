'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import Link from 'next/link';

import { recentActivityQuery } from '@/lib/queries/activity';

import { Card } from '../ui/card';
import { useAccountPlace } from './account-place';
import { ActivityTable } from './activity-table';
import { NoActivity } from './no-activity';

export function RecentActivity() {
  const { at } = useAccountPlace();
  const { entries } = useSuspenseQuery(recentActivityQuery).data;
  return (
    <Card
      flush
      title="Recent activity"
      aside={
        entries.length > 0 && (
          <Link href={at('/activity')} className="link text-13">
            All activity <span aria-hidden>→</span>
          </Link>
        )
      }
    >
      {entries.length === 0 ? (
        <NoActivity withAction={false} />
      ) : (
        <ActivityTable entries={entries} label="Recent activity" />
      )}
    </Card>
  );
}
