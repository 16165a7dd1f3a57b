import { HydrationBoundary } from '@tanstack/react-query';

import { OverviewRegions } from '@/components/billing/overview-regions';
import { PageHeader } from '@/components/ui/page-header';
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

  return (
    <HydrationBoundary state={data}>
      <PageHeader title="Overview" line={`What ${viewer.accountName} has, and what moved last.`} />
      <OverviewRegions
        outlook={outlook}
        threshold={thresholdOf(outlook)}
        credit={readOffer().credit}
        staffPlace={null}
      />
    </HydrationBoundary>
  );
}
