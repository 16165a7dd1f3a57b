import { Card } from '../ui/card';
import { Skeleton } from '../ui/skeleton';

export function WebhookEndpointsSkeleton() {
  return (
    <Card flush title="Webhooks">
      <div className="grid gap-2 border-t px-4 py-4 sm:px-6">
        <Skeleton className="h-3.5 w-64 max-w-full" />
        <Skeleton className="h-3.5 w-40" />
      </div>
    </Card>
  );
}
