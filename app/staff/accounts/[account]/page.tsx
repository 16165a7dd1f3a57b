import { HydrationBoundary } from '@tanstack/react-query';

import { ActivitySkeleton } from '@/components/billing/activity-skeleton';
import { BalanceCard } from '@/components/billing/balance-card';
import { BalanceCardSkeleton } from '@/components/billing/balance-card-skeleton';
import { OutlookText } from '@/components/billing/outlook-text';
import { RecentActivity } from '@/components/billing/recent-activity';
import { RecentSpend } from '@/components/billing/recent-spend';
import { RecentSpendSkeleton } from '@/components/billing/recent-spend-skeleton';
import { PageHeader } from '@/components/ui/page-header';
import { Region } from '@/components/ui/region';
import { UsagePageQuery } from '@/lib/contracts/usage';
import { pageData } from '@/lib/http/page-data';
import { staffReading } from '@/lib/http/staff';
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
  const data = await pageData()
    .add(balanceQuery, () => readBalance(viewer))
    .add(recentActivityQuery, () => readActivity(viewer, { limit: RECENT_ENTRIES }))
    .add(usageQuery(RECENT_USAGE), () => readUsagePage(viewer, UsagePageQuery.parse({ days: 30 })))
    .ready();
  const outlook = await readOutlook(viewer);

  return (
    <HydrationBoundary state={data}>
      <PageHeader title="Overview" line={`What ${viewer.account.name} has, and what moved last.`} />
      <div className="grid gap-6">
        <Region what="The balance" skeleton={<BalanceCardSkeleton />}>
          <BalanceCard threshold={thresholdOf(outlook)}>
            <OutlookText outlook={outlook} credit={readOffer().credit} />
          </BalanceCard>
        </Region>
        <Region what="What was spent" skeleton={<RecentSpendSkeleton />}>
          <RecentSpend />
        </Region>
        <Region
          what="Recent activity"
          skeleton={<ActivitySkeleton title="Recent activity" lines={RECENT_ENTRIES} />}
        >
          <RecentActivity />
        </Region>
      </div>
    </HydrationBoundary>
  );
}
