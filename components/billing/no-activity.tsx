import Link from 'next/link';

import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';

export function NoActivity({ withAction }: { withAction: boolean }) {
  return (
    <EmptyState
      title="No activity yet"
      line="Every purchase and every use of credits will stand here, with the balance after it."
      action={
        withAction && (
          <Button asChild variant="primary">
            <Link href="/buy">Choose a package</Link>
          </Button>
        )
      }
    />
  );
}
