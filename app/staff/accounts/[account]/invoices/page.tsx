import { HydrationBoundary } from '@tanstack/react-query';

import { ActivitySkeleton } from '@/components/billing/activity-skeleton';
import { InvoiceList } from '@/components/billing/invoice-list';
import { PageHeader } from '@/components/ui/page-header';
import { Region } from '@/components/ui/region';
import { pageData } from '@/lib/http/page-data';
import { staffReading } from '@/lib/http/staff';
import { INVOICE_PAGE_LINES, invoicesQuery } from '@/lib/queries/invoices';
import { readInvoices } from '@/lib/views/invoices';

export const metadata = { title: 'Invoices of an account' };

type Props = { params: Promise<{ account: string }> };

export default async function StaffInvoicesPage({ params }: Props) {
  const viewer = await staffReading(params, 'invoices');
  const data = await pageData()
    .addFirstPage(invoicesQuery, () => readInvoices(viewer, { limit: INVOICE_PAGE_LINES }))
    .ready();

  return (
    <HydrationBoundary state={data}>
      <PageHeader title="Invoices" line="Every purchase on paper, and what came back of it." />
      <Region what="The invoices" skeleton={<ActivitySkeleton title="All invoices" lines={6} />}>
        <InvoiceList />
      </Region>
    </HydrationBoundary>
  );
}
