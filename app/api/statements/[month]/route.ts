import { StatementOf } from '@/lib/contracts/statement';
import { download } from '@/lib/http/download';
import { exportStatement } from '@/lib/views/statement';

export const GET = download({
  input: StatementOf,
  file: ({ month }) => ({ name: `coffer-statement-${month}.pdf`, type: 'application/pdf' }),
  write: exportStatement,
});
