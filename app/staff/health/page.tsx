import { LedgerHealthCards } from '@/components/staff/ledger-health-cards';
import { PageHeader } from '@/components/ui/page-header';
import { staffOnly } from '@/lib/http/staff';
import { readLedgerHealth } from '@/lib/views/ledger-health';

export const metadata = { title: 'Health' };

export default async function StaffHealthPage() {
  const ctx = await staffOnly();
  return (
    <>
      <PageHeader
        title="Health"
        line="Whether the ledger is sound, what waits, and what does not agree with Stripe."
      />
      <LedgerHealthCards health={await readLedgerHealth(ctx)} />
    </>
  );
}
