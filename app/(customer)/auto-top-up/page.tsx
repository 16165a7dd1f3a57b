import { HydrationBoundary } from '@tanstack/react-query';

import { AutoTopUpForm } from '@/components/billing/auto-top-up-form';
import { AutoTopUpSkeleton } from '@/components/billing/auto-top-up-skeleton';
import { AutoTopUpState } from '@/components/billing/auto-top-up-state';
import { ConsentHistory } from '@/components/billing/consent-history';
import { FlightRecorder } from '@/components/billing/flight-recorder';
import { PageHeader } from '@/components/ui/page-header';
import { Region } from '@/components/ui/region';
import { pageData } from '@/lib/http/page-data';
import { signedIn } from '@/lib/http/signed-in';
import { autoTopUpQuery } from '@/lib/queries/auto-top-up';
import { readAutoTopUpBook } from '@/lib/views/auto-top-up-book';
import { readAutoTopUpOfMember } from '@/lib/views/auto-top-up-of-member';

export const metadata = { title: 'Auto top-up' };

export default async function AutoTopUpPage() {
  const viewer = await signedIn();
  const book = readAutoTopUpBook();
  const data = await pageData()
    .add(autoTopUpQuery, () => readAutoTopUpOfMember(viewer))
    .ready();

  return (
    <HydrationBoundary state={data}>
      <PageHeader
        title="Auto top-up"
        line="Buys by itself before the balance runs out, by a rule of yours and never beyond its limits."
      />
      <div className="grid gap-6">
        <Region what="Auto top-up" skeleton={<AutoTopUpSkeleton title="Now" />}>
          <AutoTopUpState book={book} mayChange={viewer.mayBuy} />
        </Region>
        {viewer.mayBuy && (
          <Region what="The rule" skeleton={<AutoTopUpSkeleton title="The rule" />}>
            <AutoTopUpForm book={book} />
          </Region>
        )}
        <Region what="The decisions" skeleton={<AutoTopUpSkeleton title="Why it charged, and why not" />}>
          <FlightRecorder />
        </Region>
        {viewer.mayBuy && (
          <Region what="The agreements" skeleton={<AutoTopUpSkeleton title="What was agreed to" />}>
            <ConsentHistory book={book} />
          </Region>
        )}
      </div>
    </HydrationBoundary>
  );
}
