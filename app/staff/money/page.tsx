import { LocatedPayments } from '@/components/staff/located-payments';
import { StaffSearchForm } from '@/components/staff/staff-search-form';
import { PageHeader } from '@/components/ui/page-header';
import { StaffSearch } from '@/lib/contracts/staff-search';
import { askedBy } from '@/lib/http/asked-by';
import { staffOnly } from '@/lib/http/staff';
import { locatePayment } from '@/lib/services/locate-payment';

export const metadata = { title: 'Missing credits' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function StaffMoneyPage({ searchParams }: Props) {
  const ctx = await staffOnly();
  const { sought = '' } = askedBy(await searchParams, StaffSearch).asked;
  const located = await locatePayment(ctx, { text: sought });

  return (
    <>
      <PageHeader
        title="Missing credits"
        line="A payment or an invoice leads to where its money is now: at Stripe, on the ledger, gone back, or missing."
      />
      <div className="grid gap-6">
        <StaffSearchForm
          action="/staff/money"
          label="Where is the money"
          button="Find the money"
          field="Payment, invoice, receipt or purchase"
          help="pi_, ch_, in_, cs_, the number on an invoice or receipt, a purchase’s id, or “4242 50.00 2026-11-20”."
          sought={sought}
        />
        {sought !== '' && <LocatedPayments located={located} role={ctx.staff.role} />}
      </div>
    </>
  );
}
