import { MutationCache, QueryCache, QueryClient, type QueryMeta } from '@tanstack/react-query';

import { RequestFailed } from '@/lib/queries/http';

// What the server just rendered is not asked for again at once.
const FRESH_MS = 2_000;

/** What the server answered, it would answer again; only a lost request is worth a second try. */
const onceUnlessAnswered = (failures: number, error: Error) =>
  failures < 1 && !(error instanceof RequestFailed && error.requestId !== null);

/** A session that was revoked elsewhere ends here too: the server sends the reloaded page to the sign-in. */
function leaveWhenSignedOut(error: Error) {
  if (error instanceof RequestFailed && error.code === 'signed_out') window.location.reload();
}

/** An empty cache of what the server says; `meta` goes with every question. */
export const newQueryClient = (meta?: QueryMeta) =>
  new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      queries: { staleTime: FRESH_MS, retry: onceUnlessAnswered, ...(meta === undefined ? {} : { meta }) },
    },
  });
