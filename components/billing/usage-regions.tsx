import { Attention } from '../ui/attention';
import { Region } from '../ui/region';
import { UsageReport } from './usage-report';
import { UsageSkeleton } from './usage-skeleton';

/** `refused`: why what was asked for is not what is shown. */
type UsageRegionsProps = { search: string; refused: string | null };

/** What an account used: the same for its customer and for staff. */
export function UsageRegions({ search, refused }: UsageRegionsProps) {
  return (
    <div className="grid gap-6">
      {refused !== null && <Attention tone="warn">{refused} Shown are the usual days.</Attention>}
      <Region key={search} what="The usage" skeleton={<UsageSkeleton />}>
        <UsageReport search={search} />
      </Region>
    </div>
  );
}
