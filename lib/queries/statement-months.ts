import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';

export const statementMonthsQuery = queryOptions({
  queryKey: ['statement-months'],
  queryFn: async ({ meta }) =>
    getJson('/api/statements', (await import('@/lib/contracts/statement')).StatementMonths, meta),
});
