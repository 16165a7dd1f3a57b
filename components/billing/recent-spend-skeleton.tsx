import { Card } from '../ui/card';
import { Skeleton } from '../ui/skeleton';

export function RecentSpendSkeleton() {
  return (
    <Card title="Spend, 30 days">
      <Skeleton className="h-7 w-40" />
      <Skeleton className="mt-2 h-64 w-full" />
    </Card>
  );
}
