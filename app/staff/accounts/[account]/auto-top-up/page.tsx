import { HydrationBoundary } from '@tanstack/react-query';

import { AutoTopUpSkeleton } from '@/components/billing/auto-top-up-skeleton';
import { AutoTopUpState } from '@/components/billing/auto-top-up-state';
import { ConsentHistory } from '@/components/billing/consent-history';
import { FlightRecorder } from '@/components/billing/flight-recorder';
import { PageHeader } from '@/components/ui/page-header';
import { Region } from '@/components/ui/region';
import { pageData } from '@/lib/http/page-data';
import { staffReading } from '@/lib/http/staff';
import { autoTopUpQuery } from '@/lib/queries/auto-top-up';
import { readAutoTopUp } from '@/lib/views/auto-top-up';
import { readAutoTopUpBook } from '@/lib/views/auto-top-up-book';

export const metadata = { title: 'Auto top-up of an account' };

type Props = { params: Promise<{ account: string }> };

export default async function StaffAutoTopUpPage({ params }: Props) {
  const viewer = await staffReading(params, 'auto-top-up');
  const book = readAutoTopUpBook();
  const data = await pageData()
    .add(autoTopUpQuery, () => readAutoTopUp(viewer))
    .ready();

  return (
    <HydrationBoundary state={data}>
      <PageHeader title="Auto top-up" line="Whether it would charge now, why not, and what it did before." />
      <div className="grid gap-6">
        <Region what="Auto top-up" skeleton={<AutoTopUpSkeleton title="Now" />}>
          <AutoTopUpState book={book} mayChange={false} />
        </Region>
        <Region what="The decisions" skeleton={<AutoTopUpSkeleton title="Why it charged, and why not" />}>
          <FlightRecorder />
        </Region>
        <Region what="The agreements" skeleton={<AutoTopUpSkeleton title="What was agreed to" />}>
          <ConsentHistory book={book} />
        </Region>
      </div>
    </HydrationBoundary>
  );
}
