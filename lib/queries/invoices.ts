import { infiniteQueryOptions } from '@tanstack/react-query';

import type { InvoicePage } from '@/lib/contracts/invoice';

import { getJson } from './http';

const page = async (path: string) => getJson(path, (await import('@/lib/contracts/invoice')).InvoicePage);

const REFRESH_MS = 15_000;
export const INVOICE_PAGE_LINES = 25;

/** Every purchase on paper, newest first, a page at a time. */
export const invoicesQuery = infiniteQueryOptions({
  queryKey: ['invoices'],
  queryFn: ({ pageParam }) =>
    page(`/api/invoices?limit=${INVOICE_PAGE_LINES}${pageParam === null ? '' : `&before=${pageParam}`}`),
  refetchInterval: REFRESH_MS,
  initialPageParam: null as string | null,
  getNextPageParam: (last: InvoicePage) => last.nextBefore,
});
