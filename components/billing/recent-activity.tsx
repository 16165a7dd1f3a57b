'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import Link from 'next/link';

import { recentActivityQuery } from '@/lib/queries/activity';

import { Card } from '../ui/card';
import { ActivityTable } from './activity-table';
import { NoActivity } from './no-activity';

export function RecentActivity() {
  const { entries } = useSuspenseQuery(recentActivityQuery).data;
  return (
    <Card
      flush
      title="Recent activity"
      aside={
        entries.length > 0 && (
          <Link href="/activity" className="link text-13">
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
