import { Card } from '../ui/card';
import { Skeleton } from '../ui/skeleton';

export function UsageSkeleton() {
  return (
    <div className="grid gap-6">
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        {['Spent', 'Charges', 'Average per use', 'This month'].map((title) => (
          <Card key={title} title={title}>
            <Skeleton className="h-9 w-24" />
            <Skeleton className="mt-1 h-4 w-28 max-w-full" />
          </Card>
        ))}
      </div>
      <Card title="Used each day, by service">
        <Skeleton className="h-64 w-full" />
      </Card>
    </div>
  );
}
