import type { Outlook } from '@/lib/contracts/outlook';
import type { CreditUnit } from '@/lib/domain/credit-words';
import type { Credits } from '@/lib/domain/credits';
import { RECENT_ENTRIES } from '@/lib/queries/activity';

import { Region } from '../ui/region';
import { ActivitySkeleton } from './activity-skeleton';
import { AutoTopUpCard } from './auto-top-up-card';
import { BalanceCard } from './balance-card';
import { BalanceCardSkeleton } from './balance-card-skeleton';
import { OutlookText } from './outlook-text';
import { RecentActivity } from './recent-activity';
import { RecentSpend } from './recent-spend';
import { RecentSpendSkeleton } from './recent-spend-skeleton';
import { WaitingCard } from './waiting-card';
import { WaitingStrip } from './waiting-strip';

/** Two thirds and one third; what stands alone in its row takes it whole. */
const ROW = 'grid gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:[&>*:only-child]:col-span-2';

type OverviewRegionsProps = {
  outlook: Outlook;
  /** Of auto top-up; null where nothing is bought by itself. */
  threshold: Credits | null;
  credit: CreditUnit;
  /** Where the account's pages are; null for its own members. */
  staffPlace: string | null;
};

/** What an account has, what comes next and what moved last: the same for its customer and for staff. */
export function OverviewRegions({ outlook, threshold, credit, staffPlace }: OverviewRegionsProps) {
  const { autoTopUp, currency, waiting } = outlook;
  return (
    <div className="grid gap-6">
      <WaitingStrip waiting={waiting} credit={credit} />
      <div className={ROW}>
        <Region what="The balance" skeleton={<BalanceCardSkeleton />}>
          <BalanceCard threshold={threshold}>
            <OutlookText outlook={outlook} credit={credit} />
          </BalanceCard>
        </Region>
        <AutoTopUpCard
          autoTopUp={autoTopUp}
          currency={currency}
          href={`${staffPlace ?? ''}/auto-top-up`}
          isStaff={staffPlace !== null}
        />
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
  );
}
