import { HydrationBoundary } from '@tanstack/react-query';

import { OverviewRegions } from '@/components/billing/overview-regions';
import { PageHeader } from '@/components/ui/page-header';
import { UsagePageQuery } from '@/lib/contracts/usage';
import { pageData } from '@/lib/http/page-data';
import { signedIn } from '@/lib/http/signed-in';
import { RECENT_ENTRIES, recentActivityQuery } from '@/lib/queries/activity';
import { balanceQuery } from '@/lib/queries/balance';
import { outlookQuery } from '@/lib/queries/outlook';
import { RECENT_USAGE, usageQuery } from '@/lib/queries/usage';
import { readActivity } from '@/lib/views/activity';
import { readBalance } from '@/lib/views/balance';
import { readOffer } from '@/lib/views/offer';
import { readOutlook } from '@/lib/views/outlook';
import { readUsagePage } from '@/lib/views/usage-page';

export const metadata = { title: 'Overview' };

export default async function OverviewPage() {
  const viewer = await signedIn();
  const outlook = readOutlook(viewer);
  const data = await pageData()
    .add(balanceQuery, () => readBalance(viewer))
    .add(outlookQuery, () => outlook)
    .add(recentActivityQuery, () => readActivity(viewer, { limit: RECENT_ENTRIES }))
    .add(usageQuery(RECENT_USAGE), () => readUsagePage(viewer, UsagePageQuery.parse({ days: 30 })))
    .ready();

  return (
    <HydrationBoundary state={data}>
      <PageHeader title="Overview" line={`What ${viewer.accountName} has, and what moved last.`} />
      <OverviewRegions outlook={await outlook} credit={readOffer().credit} />
    </HydrationBoundary>
  );
}
