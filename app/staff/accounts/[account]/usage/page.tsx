import { HydrationBoundary } from '@tanstack/react-query';

import { UsageRegions } from '@/components/billing/usage-regions';
import { PageHeader } from '@/components/ui/page-header';
import { UsagePageQuery } from '@/lib/contracts/usage';
import { askedBy } from '@/lib/http/asked-by';
import { pageData } from '@/lib/http/page-data';
import { staffReading } from '@/lib/http/staff';
import { usageQuery } from '@/lib/queries/usage';
import { readUsagePage } from '@/lib/views/usage-page';

export const metadata = { title: 'Usage of an account' };

type Props = {
  params: Promise<{ account: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function StaffUsagePage({ params, searchParams }: Props) {
  const viewer = await staffReading(params, 'usage');
  const { asked, search, refused } = askedBy(await searchParams, UsagePageQuery);
  const data = await pageData()
    .add(usageQuery(search), () => readUsagePage(viewer, asked))
    .ready();

  return (
    <HydrationBoundary state={data}>
      <PageHeader title="Usage" line="What was used, by service, key, member or metadata, and when." />
      <UsageRegions search={search} refused={refused} />
    </HydrationBoundary>
  );
}
