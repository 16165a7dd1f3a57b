import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';

/** Why a line of the ledger stands there. */
export const entryProofQuery = (seq: string) =>
  queryOptions({
    queryKey: ['activity', 'proof', seq],
    queryFn: async ({ meta }) =>
      getJson(`/api/activity/${seq}`, (await import('@/lib/contracts/entry-proof')).EntryProof, meta),
  });
