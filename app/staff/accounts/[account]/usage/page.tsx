import { HydrationBoundary } from '@tanstack/react-query';

import { UsageReport } from '@/components/billing/usage-report';
import { UsageSkeleton } from '@/components/billing/usage-skeleton';
import { Attention } from '@/components/ui/attention';
import { PageHeader } from '@/components/ui/page-header';
import { Region } from '@/components/ui/region';
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
      <div className="grid gap-6">
        {refused !== null && <Attention tone="warn">{refused} Shown are the usual days.</Attention>}
        <Region key={search} what="The usage" skeleton={<UsageSkeleton />}>
          <UsageReport search={search} />
        </Region>
      </div>
    </HydrationBoundary>
  );
}
