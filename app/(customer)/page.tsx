import { HydrationBoundary } from '@tanstack/react-query';

import { ActivitySkeleton } from '@/components/billing/activity-skeleton';
import { AutoTopUpCard } from '@/components/billing/auto-top-up-card';
import { BalanceCard } from '@/components/billing/balance-card';
import { BalanceCardSkeleton } from '@/components/billing/balance-card-skeleton';
import { OutlookText } from '@/components/billing/outlook-text';
import { RecentActivity } from '@/components/billing/recent-activity';
import { RecentSpend } from '@/components/billing/recent-spend';
import { RecentSpendSkeleton } from '@/components/billing/recent-spend-skeleton';
import { WaitingCard } from '@/components/billing/waiting-card';
import { WaitingStrip } from '@/components/billing/waiting-strip';
import { PageHeader } from '@/components/ui/page-header';
import { Region } from '@/components/ui/region';
import { UsagePageQuery } from '@/lib/contracts/usage';
import { pageData } from '@/lib/http/page-data';
import { signedIn } from '@/lib/http/signed-in';
import { RECENT_ENTRIES, recentActivityQuery } from '@/lib/queries/activity';
import { balanceQuery } from '@/lib/queries/balance';
import { RECENT_USAGE, usageQuery } from '@/lib/queries/usage';
import { readActivity } from '@/lib/views/activity';
import { readBalance } from '@/lib/views/balance';
import { readOffer } from '@/lib/views/offer';
import { readOutlook, thresholdOf } from '@/lib/views/outlook';
import { readUsagePage } from '@/lib/views/usage-page';

export const metadata = { title: 'Overview' };

/** Two thirds and one third; what stands alone in its row takes it whole. */
const ROW = 'grid gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:[&>*:only-child]:col-span-2';

export default async function OverviewPage() {
  const viewer = await signedIn();
  const [data, outlook] = await Promise.all([
    pageData()
      .add(balanceQuery, () => readBalance(viewer))
      .add(recentActivityQuery, () => readActivity(viewer, { limit: RECENT_ENTRIES }))
      .add(usageQuery(RECENT_USAGE), () => readUsagePage(viewer, UsagePageQuery.parse({ days: 30 })))
      .ready(),
    readOutlook(viewer),
  ]);
  const { autoTopUp, currency, waiting } = outlook;
  const { credit } = readOffer();

  return (
    <HydrationBoundary state={data}>
      <PageHeader title="Overview" line={`What ${viewer.accountName} has, and what moved last.`} />
      <div className="grid gap-6">
        <WaitingStrip waiting={waiting} credit={credit} />
        <div className={ROW}>
          <Region what="The balance" skeleton={<BalanceCardSkeleton />}>
            <BalanceCard threshold={thresholdOf(outlook)}>
              <OutlookText outlook={outlook} credit={credit} />
            </BalanceCard>
          </Region>
          <AutoTopUpCard autoTopUp={autoTopUp} currency={currency} />
        </div>
        <div className={ROW}>
          <Region what="What was spent" skeleton={<RecentSpendSkeleton />}>
            <RecentSpend />
          </Region>
          <WaitingCard waiting={waiting} credit={credit} />
        </div>
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
