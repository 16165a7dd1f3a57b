import { Estimate, EstimateCsv } from '@/lib/contracts/estimate';
import { write } from '@/lib/http/route';
import { estimateCsv } from '@/lib/views/estimate-csv';

export const POST = write({
  body: EstimateCsv,
  answer: Estimate,
  may: 'act-for-themselves',
  run: estimateCsv,
});
