import { LedgerExportQuery } from '@/lib/contracts/ledger-export';
import { download } from '@/lib/http/download';
import { exportLedger } from '@/lib/views/ledger-export';

const TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/x-ndjson; charset=utf-8' };

export const GET = download({
  input: LedgerExportQuery,
  file: ({ from, to, format }) => ({ name: `coffer-${from}-to-${to}.${format}`, type: TYPES[format] }),
  write: exportLedger,
});
