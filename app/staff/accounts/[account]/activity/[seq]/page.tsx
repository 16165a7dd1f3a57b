import { HydrationBoundary } from '@tanstack/react-query';
import { notFound } from 'next/navigation';

import { EntryProof } from '@/components/billing/entry-proof';
import { EntryProofSkeleton } from '@/components/billing/entry-proof-skeleton';
import { PageHeader } from '@/components/ui/page-header';
import { Region } from '@/components/ui/region';
import { EntryProofQuery } from '@/lib/contracts/entry-proof';
import { pageData } from '@/lib/http/page-data';
import { staffReading } from '@/lib/http/staff';
import { entryProofQuery } from '@/lib/queries/entry-proof';
import { findEntryProof } from '@/lib/views/entry-proof';

export const metadata = { title: 'A line of an account' };

type Props = { params: Promise<{ account: string; seq: string }> };

export default async function StaffEntryPage({ params }: Props) {
  const viewer = await staffReading(params, 'activity');
  const { seq } = await params;
  const asked = EntryProofQuery.safeParse({ seq });
  const proof = asked.success ? await findEntryProof(viewer, asked.data) : null;
  if (!proof) notFound();
  const data = await pageData()
    .add(entryProofQuery(proof.seq), async () => proof)
    .ready();

  return (
    <HydrationBoundary state={data}>
      <PageHeader title={`Line ${proof.seq}`} line="What moved the balance, and how it came about." />
      <Region key={proof.seq} what="This line" skeleton={<EntryProofSkeleton />}>
        <EntryProof seq={proof.seq} />
      </Region>
    </HydrationBoundary>
  );
}
