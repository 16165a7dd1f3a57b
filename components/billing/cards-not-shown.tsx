import { whoMay } from '@/lib/domain/member-role';

import { EmptyState } from '../ui/empty-state';

/** Instead of the cards, for members whose role may look and not spend. */
export function CardsNotShown() {
  return (
    <EmptyState
      title="Your role does not see cards"
      line={`${whoMay('buy')} of this account look after them. Ask one of them.`}
    />
  );
}
