import { Card } from '../ui/card';
import { Skeleton } from '../ui/skeleton';

export function AuthenticatorCardSkeleton() {
  return (
    <Card title="Code at sign-in">
      <Skeleton className="h-3.5 w-72 max-w-full" />
    </Card>
  );
}
