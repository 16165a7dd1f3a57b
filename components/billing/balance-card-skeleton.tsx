import { Card } from '../ui/card';
import { Skeleton } from '../ui/skeleton';

export function BalanceCardSkeleton() {
  return (
    <Card title="Balance">
      <Skeleton className="h-11 w-56" />
      <Skeleton className="mt-4 h-2.5 w-full rounded-full" />
      <Skeleton className="mt-3 h-4 w-72 max-w-full" />
    </Card>
  );
}
