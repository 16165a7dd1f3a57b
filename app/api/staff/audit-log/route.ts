import { AuditLogQuery } from '@/lib/contracts/audit-log';
import { staffDownload } from '@/lib/http/download';
import { exportAuditLog } from '@/lib/views/audit-log';

export const GET = staffDownload({
  action: 'export-audit-log',
  input: AuditLogQuery,
  file: () => ({ name: 'coffer-audit-log.csv', type: 'text/csv; charset=utf-8' }),
  write: exportAuditLog,
});
