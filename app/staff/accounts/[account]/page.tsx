import { HydrationBoundary } from '@tanstack/react-query';

import { OverviewRegions } from '@/components/billing/overview-regions';
import { PageHeader } from '@/components/ui/page-header';
import { UsagePageQuery } from '@/lib/contracts/usage';
import { pageData } from '@/lib/http/page-data';
import { asOwner, staffReading } from '@/lib/http/staff';
import { RECENT_ENTRIES, recentActivityQuery } from '@/lib/queries/activity';
import { balanceQuery } from '@/lib/queries/balance';
import { RECENT_USAGE, usageQuery } from '@/lib/queries/usage';
import { readActivity } from '@/lib/views/activity';
import { readBalance } from '@/lib/views/balance';
import { readOffer } from '@/lib/views/offer';
import { readOutlook, thresholdOf } from '@/lib/views/outlook';
import { readUsagePage } from '@/lib/views/usage-page';

export const metadata = { title: 'An account' };

type Props = { params: Promise<{ account: string }> };

export default async function StaffAccountPage({ params }: Props) {
  const viewer = await staffReading(params, 'overview');
  const [data, outlook] = await Promise.all([
    pageData()
      .add(balanceQuery, () => readBalance(viewer))
      .add(recentActivityQuery, () => readActivity(viewer, { limit: RECENT_ENTRIES }))
      .add(usageQuery(RECENT_USAGE), () => readUsagePage(viewer, UsagePageQuery.parse({ days: 30 })))
      .ready(),
    readOutlook(asOwner(viewer)),
  ]);

  return (
    <HydrationBoundary state={data}>
      <PageHeader title="Overview" line={`What ${viewer.account.name} has, and what moved last.`} />
      <OverviewRegions
        outlook={outlook}
        threshold={thresholdOf(outlook)}
        credit={readOffer().credit}
        staffPlace={`/staff/accounts/${viewer.accountId}`}
      />
    </HydrationBoundary>
  );
}
