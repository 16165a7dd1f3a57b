import { infiniteQueryOptions, type QueryMeta } from '@tanstack/react-query';

import type { InvoicePage } from '@/lib/contracts/invoice';

import { getJson } from './http';

const page = async (path: `/api/${string}`, meta: QueryMeta | undefined) =>
  getJson(path, (await import('@/lib/contracts/invoice')).InvoicePage, meta);

const REFRESH_MS = 15_000;
export const INVOICE_PAGE_LINES = 25;

/** Every purchase on paper, newest first, a page at a time. */
export const invoicesQuery = infiniteQueryOptions({
  queryKey: ['invoices'],
  queryFn: ({ pageParam, meta }) =>
    page(
      `/api/invoices?limit=${INVOICE_PAGE_LINES}${pageParam === null ? '' : `&before=${pageParam}`}`,
      meta,
    ),
  refetchInterval: REFRESH_MS,
  initialPageParam: null as string | null,
  getNextPageParam: (last: InvoicePage) => last.nextBefore,
});
