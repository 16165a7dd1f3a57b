import { whoMay } from '@/lib/domain/member-role';

import { EmptyState } from '../ui/empty-state';

/** Instead of the packages, for members whose role may look and not spend. */
export function BuyingNotAllowed() {
  return (
    <EmptyState
      title="Your role may not buy credits"
      line={`${whoMay('buy')} of this account can. Ask one of them; nothing was charged.`}
    />
  );
}
