import { FoundAccounts } from '@/components/staff/found-accounts';
import { StaffSearchForm } from '@/components/staff/staff-search-form';
import { PageHeader } from '@/components/ui/page-header';
import { StaffSearch } from '@/lib/contracts/staff-search';
import { askedBy } from '@/lib/http/asked-by';
import { staffOnly } from '@/lib/http/staff';
import { searchAccounts } from '@/lib/services/search-accounts';

export const metadata = { title: 'Search' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function StaffSearchPage({ searchParams }: Props) {
  const ctx = await staffOnly();
  const { sought = '' } = askedBy(await searchParams, StaffSearch).asked;
  const found = await searchAccounts(ctx, { text: sought });

  return (
    <>
      <PageHeader title="Search" line="By whatever the customer sent. Each search stands in the audit log." />
      <div className="grid gap-6">
        <StaffSearchForm
          action="/staff"
          label="Search"
          button="Search"
          field="What the customer sent"
          help="E-mail, account, name; pi_, in_, cs_, ch_, cus_, re_, cn_; a receipt’s or invoice’s number; a reference; an API key’s beginning; “4242 50.00 2026-11-20”; “account 7 req_…”."
          sought={sought}
        />
        {sought !== '' && <FoundAccounts found={found} />}
      </div>
    </>
  );
}
