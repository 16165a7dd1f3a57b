import { EmptyState } from '../ui/empty-state';

/** Instead of the cards, for members whose role may look and not spend. */
export function CardsNotShown() {
  return (
    <EmptyState
      title="Your role does not see cards"
      line="Owners and billing members of this account look after them. Ask one of them."
    />
  );
}
