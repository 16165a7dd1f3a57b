import { Card } from '../ui/card';
import { Skeleton } from '../ui/skeleton';

export function EntryProofSkeleton() {
  return (
    <div className="grid gap-6">
      {['Why?', 'The balance', 'What paid it', 'What is behind it'].map((title) => (
        <Card key={title} title={title}>
          <Skeleton className="h-5 w-72 max-w-full" />
          <Skeleton className="mt-3 h-5 w-48 max-w-full" />
        </Card>
      ))}
    </div>
  );
}
