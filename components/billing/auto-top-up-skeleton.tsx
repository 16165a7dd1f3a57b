import { Card } from '../ui/card';
import { Skeleton } from '../ui/skeleton';

export function AutoTopUpSkeleton({ title }: { title: string }) {
  return (
    <Card title={title}>
      <Skeleton className="h-5 w-full max-w-read" />
      <Skeleton className="mt-3 h-4 w-64 max-w-full" />
      <Skeleton className="mt-3 h-9 w-40" />
    </Card>
  );
}
