import { AuditLogFilters } from '@/components/staff/audit-log-filters';
import { AuditLogTable } from '@/components/staff/audit-log-table';
import { Attention } from '@/components/ui/attention';
import { ButtonLink } from '@/components/ui/button-link';
import { PageHeader } from '@/components/ui/page-header';
import { AuditLogQuery } from '@/lib/contracts/audit-log';
import { askedBy } from '@/lib/http/asked-by';
import { noteReadingOf, staffOnly } from '@/lib/http/staff';
import { readAuditLog } from '@/lib/views/audit-log';

export const metadata = { title: 'Audit log' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AuditLogPage({ searchParams }: Props) {
  const ctx = await staffOnly();
  const { asked, search, refused } = askedBy(await searchParams, AuditLogQuery);
  const { lines, nextBefore } = await readAuditLog(ctx, asked);
  await noteReadingOf(ctx, { action: 'read-audit-log', asked: search });

  return (
    <>
      <PageHeader
        title="Audit log"
        line="What staff did and looked at. Lines are added, never changed, not by the app and not by the owner."
        action={
          <ButtonLink href={`/api/staff/audit-log?${search}`} prefetch={false}>
            Export as CSV
          </ButtonLink>
        }
      />
      <div className="grid gap-6">
        {refused !== null && <Attention tone="warn">{refused} Shown is everything.</Attention>}
        <AuditLogFilters search={search} />
        <AuditLogTable lines={lines} search={search} nextBefore={nextBefore} />
      </div>
    </>
  );
}
