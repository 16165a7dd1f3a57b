import { HydrationBoundary } from '@tanstack/react-query';

import { ActivityList } from '@/components/billing/activity-list';
import { ActivitySkeleton } from '@/components/billing/activity-skeleton';
import { PageHeader } from '@/components/ui/page-header';
import { Region } from '@/components/ui/region';
import { pageData } from '@/lib/http/page-data';
import { signedIn } from '@/lib/http/signed-in';
import { ACTIVITY_PAGE_ENTRIES, activityQuery } from '@/lib/queries/activity';
import { readActivity } from '@/lib/views/activity';

export const metadata = { title: 'Activity' };

export default async function ActivityPage() {
  const viewer = await signedIn();
  const data = await pageData()
    .addFirstPage(activityQuery, () => readActivity(viewer, { limit: ACTIVITY_PAGE_ENTRIES }))
    .ready();

  return (
    <HydrationBoundary state={data}>
      <PageHeader title="Activity" line="Every line of your ledger. Lines are added, never changed." />
      <Region what="The activity" skeleton={<ActivitySkeleton title="All activity" lines={10} />}>
        <ActivityList />
      </Region>
    </HydrationBoundary>
  );
}
