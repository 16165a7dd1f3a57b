import { HydrationBoundary } from '@tanstack/react-query';

import { ActivityRegions } from '@/components/billing/activity-regions';
import { PageHeader } from '@/components/ui/page-header';
import { ActivityQuery } from '@/lib/contracts/activity';
import { askedBy } from '@/lib/http/asked-by';
import { pageData } from '@/lib/http/page-data';
import { staffReading } from '@/lib/http/staff';
import { activityQuery } from '@/lib/queries/activity';
import { readActivityShown } from '@/lib/views/activity';

export const metadata = { title: 'Activity of an account' };

type Props = {
  params: Promise<{ account: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function StaffActivityPage({ params, searchParams }: Props) {
  const viewer = await staffReading(params, 'activity');
  const { asked, search, refused } = askedBy(await searchParams, ActivityQuery);
  const data = await pageData()
    .add(activityQuery(search), () => readActivityShown(viewer, asked))
    .ready();

  return (
    <HydrationBoundary state={data}>
      <PageHeader title="Activity" line="Every line of its ledger. Lines are added, never changed." />
      <ActivityRegions search={search} refused={refused} />
    </HydrationBoundary>
  );
}
