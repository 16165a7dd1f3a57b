import { Card } from '../ui/card';
import { Skeleton } from '../ui/skeleton';

/** For a card of settings: a few lines and a button. */
export function SettingsSkeleton({ title }: { title: string }) {
  return (
    <Card title={title}>
      <Skeleton className="h-4 w-64 max-w-full" />
      <Skeleton className="mt-3 h-9 w-full max-w-form" />
      <Skeleton className="mt-3 h-9 w-32" />
    </Card>
  );
}
