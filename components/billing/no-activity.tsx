'use client';

import { ButtonLink } from '../ui/button-link';
import { EmptyState } from '../ui/empty-state';
import { useAccountPlace } from './account-place';

export function NoActivity({ withAction }: { withAction: boolean }) {
  const { isStaff } = useAccountPlace();
  return (
    <EmptyState
      title="No activity yet"
      line="Every purchase and every use of credits will stand here, with the balance after it."
      action={
        withAction &&
        !isStaff && (
          <ButtonLink variant="primary" href="/buy">
            Choose a package
          </ButtonLink>
        )
      }
    />
  );
}
