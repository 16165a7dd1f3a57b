import { Usage, UsageOfDaysQuery } from '@/lib/contracts/usage';
import { read } from '@/lib/http/route';
import { readUsageOfDays } from '@/lib/views/usage-of-days';

export const GET = read({
  input: UsageOfDaysQuery,
  answer: Usage,
  run: (ctx, wanted) => readUsageOfDays(ctx, { ...wanted, by: 'service' }),
});
