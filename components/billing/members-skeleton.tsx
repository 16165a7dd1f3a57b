import { Card } from '../ui/card';
import { Skeleton } from '../ui/skeleton';

export function MembersSkeleton() {
  return (
    <Card flush title="Members">
      {[0, 1].map((line) => (
        <div key={line} className="grid gap-2 border-t px-4 py-4 sm:px-6">
          <Skeleton className="h-3.5 w-48" />
          <Skeleton className="h-3.5 w-64 max-w-full" />
        </div>
      ))}
    </Card>
  );
}
