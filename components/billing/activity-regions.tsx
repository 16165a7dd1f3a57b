import { Attention } from '../ui/attention';
import { Region } from '../ui/region';
import { ActivityList } from './activity-list';
import { ActivitySkeleton } from './activity-skeleton';

/** `refused`: why what was asked for is not what is shown. */
type ActivityRegionsProps = { search: string; refused: string | null };

/** An account's ledger: the same for its customer and for staff. */
export function ActivityRegions({ search, refused }: ActivityRegionsProps) {
  return (
    <div className="grid gap-6">
      {refused !== null && <Attention tone="warn">{refused} Shown is everything.</Attention>}
      <Region
        key={search}
        what="The activity"
        skeleton={<ActivitySkeleton title="All activity" lines={10} />}
      >
        <ActivityList search={search} />
      </Region>
    </div>
  );
}
