import { LocatedPayments } from '@/components/staff/located-payments';
import { MoneySearchForm } from '@/components/staff/money-search-form';
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
        <MoneySearchForm sought={sought} />
        {sought !== '' && <LocatedPayments located={located} role={ctx.staff.role} />}
      </div>
    </>
  );
}
