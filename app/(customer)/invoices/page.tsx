import { HydrationBoundary } from '@tanstack/react-query';

import { ActivitySkeleton } from '@/components/billing/activity-skeleton';
import { InvoiceList } from '@/components/billing/invoice-list';
import { StatementList } from '@/components/billing/statement-list';
import { PageHeader } from '@/components/ui/page-header';
import { Region } from '@/components/ui/region';
import { pageData } from '@/lib/http/page-data';
import { signedIn } from '@/lib/http/signed-in';
import { INVOICE_PAGE_LINES, invoicesQuery } from '@/lib/queries/invoices';
import { statementMonthsQuery } from '@/lib/queries/statement-months';
import { readInvoices } from '@/lib/views/invoices';
import { readStatementMonths } from '@/lib/views/statement-months';

export const metadata = { title: 'Invoices' };

export default async function InvoicesPage() {
  const viewer = await signedIn();
  const data = await pageData()
    .addFirstPage(invoicesQuery, () => readInvoices(viewer, { limit: INVOICE_PAGE_LINES }))
    .add(statementMonthsQuery, () => readStatementMonths(viewer))
    .ready();

  return (
    <HydrationBoundary state={data}>
      <PageHeader
        title="Invoices"
        line="Every purchase, yours and automatic ones, with its invoice, and what came back of it."
      />
      <Region what="The invoices" skeleton={<ActivitySkeleton title="All invoices" lines={6} />}>
        <InvoiceList />
      </Region>
      <div className="mt-6">
        <Region what="The statements" skeleton={<ActivitySkeleton title="Statements" lines={3} />}>
          <StatementList />
        </Region>
      </div>
    </HydrationBoundary>
  );
}
