'use client';

import { EmptyState } from '../ui/empty-state';
import { BuyLink } from './buy-link';

export function NoActivity({ withAction }: { withAction: boolean }) {
  return (
    <EmptyState
      title="No activity yet"
      line="Every purchase and every use of credits will stand here, with the balance after it."
      action={withAction && <BuyLink look="primary">Choose a package</BuyLink>}
    />
  );
}
