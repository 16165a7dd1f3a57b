import { queryOptions } from '@tanstack/react-query';

import type { TopUp } from '@/lib/contracts/top-up';

import { getJson } from './http';

const TOP_UP_REFRESH_MS = 1_000;
// Stripe makes the invoice after the payment; a minute is long for it.
const INVOICE_REFRESH_MS = 3_000;
const MOST_LOOKS_FOR_INVOICE = 20;
const ENDED: readonly TopUp['status'][] = ['credited', 'abandoned', 'failed'];

/** One purchase, watched until it has ended. */
export const topUpQuery = (id: string) =>
  queryOptions({
    queryKey: ['top-up', id],
    queryFn: async ({ meta }) =>
      getJson(`/api/top-ups/${id}`, (await import('@/lib/contracts/top-up')).TopUp, meta),
    refetchInterval: ({ state: { data, dataUpdateCount } }) => {
      if (data === undefined || !ENDED.includes(data.status)) return TOP_UP_REFRESH_MS;
      const waitsForInvoice = data.status === 'credited' && data.stripeInvoiceId === null;
      return waitsForInvoice && dataUpdateCount < MOST_LOOKS_FOR_INVOICE ? INVOICE_REFRESH_MS : false;
    },
  });
