import { randomUUID } from 'node:crypto';

import { AccountNotes } from '@/components/staff/account-notes';
import { PageHeader } from '@/components/ui/page-header';
import { staffReading } from '@/lib/http/staff';
import { readNotes } from '@/lib/views/account-notes';

export const metadata = { title: 'Notes on an account' };

type Props = { params: Promise<{ account: string }> };

export default async function StaffNotesPage({ params }: Props) {
  const viewer = await staffReading(params, 'notes');
  return (
    <>
      <PageHeader title="Notes" line="What staff wrote down for each other. The customer never sees it." />
      <AccountNotes
        notes={await readNotes(viewer)}
        target={{ action: `/api/staff/accounts/${viewer.accountId}/notes`, hidden: { id: randomUUID() } }}
      />
    </>
  );
}
