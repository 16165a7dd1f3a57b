import Link from 'next/link';

import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';

export function NoActivity() {
  return (
    <EmptyState
      title="No activity yet"
      line="Every purchase and every use of credits will stand here, with the balance after it."
      action={
        <Button asChild>
          <Link href="/buy">Buy credits</Link>
        </Button>
      }
    />
  );
}
