import { Card } from '../ui/card';
import { Skeleton } from '../ui/skeleton';

type ActivitySkeletonProps = { title: string; lines: number };

export function ActivitySkeleton({ title, lines }: ActivitySkeletonProps) {
  return (
    <Card flush title={title}>
      <div className="pt-4">
        {Array.from({ length: lines }, (_, line) => (
          <div key={line} className="flex h-11 items-center gap-6 border-t px-4 sm:px-6">
            <Skeleton className="h-3.5 w-20 sm:w-32" />
            <Skeleton className="h-3.5 w-20 sm:w-40" />
            <Skeleton className="ml-auto h-3.5 w-14" />
          </div>
        ))}
      </div>
    </Card>
  );
}
