import { HydrationBoundary } from '@tanstack/react-query';

import { UsageFilters } from '@/components/billing/usage-filters';
import { UsageOfDays } from '@/components/billing/usage-of-days';
import { UsageSkeleton } from '@/components/billing/usage-skeleton';
import { PageHeader } from '@/components/ui/page-header';
import { Region } from '@/components/ui/region';
import { UsageOfDaysQuery } from '@/lib/contracts/usage';
import { pageData } from '@/lib/http/page-data';
import { signedIn } from '@/lib/http/signed-in';
import { usageQuery } from '@/lib/queries/usage';
import { readUsageOfDays } from '@/lib/views/usage-of-days';

export const metadata = { title: 'Usage' };

type Props = { searchParams: Promise<{ days?: string | string[]; timeZone?: string | string[] }> };

export default async function UsagePage({ searchParams }: Props) {
  const viewer = await signedIn();
  const { days, timeZone } = await searchParams;
  const asked = UsageOfDaysQuery.safeParse({ days, timeZone });
  // An address that says something else shows what one that says nothing does.
  const wanted = asked.success ? asked.data : UsageOfDaysQuery.parse({});
  const data = await pageData()
    .add(usageQuery(wanted), () => readUsageOfDays(viewer, { ...wanted, by: 'service' }))
    .ready();

  return (
    <HydrationBoundary state={data}>
      <PageHeader title="Usage" line="What was used, day by day and service by service." />
      <div className="grid gap-6">
        <UsageFilters {...wanted} />
        <Region what="The usage" skeleton={<UsageSkeleton />}>
          <UsageOfDays {...wanted} />
        </Region>
      </div>
    </HydrationBoundary>
  );
}
