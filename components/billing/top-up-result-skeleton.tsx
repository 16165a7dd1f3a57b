import { Skeleton } from '../ui/skeleton';

export function TopUpResultSkeleton() {
  return (
    <div className="max-w-form rounded-card border bg-card p-6 sm:p-8">
      <Skeleton className="h-4 w-24" />
      <Skeleton className="mt-4 h-7 w-56" />
      <Skeleton className="mt-2 h-4 w-full" />
      <Skeleton className="mt-4 h-24 w-full" />
    </div>
  );
}
