'use client';

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';

import { RequestFailed } from '@/lib/queries/http';

import { useHydrated } from './ui/use-hydrated';

// What the server just rendered is not asked for again at once.
const FRESH_MS = 2_000;

const Toaster = lazy(async () => ({ default: (await import('./ui/toaster')).Toaster }));

/** What the server answered, it would answer again; only a lost request is worth a second try. */
const onceUnlessAnswered = (failures: number, error: Error) =>
  failures < 1 && !(error instanceof RequestFailed && error.requestId !== null);

/** A session that was revoked elsewhere ends here too: the server sends the reloaded page to the sign-in. */
function leaveWhenSignedOut(error: Error) {
  if (error instanceof RequestFailed && error.code === 'signed_out') window.location.reload();
}

/** Dialogs write a style sheet while they keep the page behind them still; it needs the page's nonce. */
function lendNonce() {
  Object.assign(globalThis, {
    __webpack_nonce__: document.querySelector<HTMLElement>('script[nonce]')?.nonce,
  });
}

/** What every page stands on: the cache of what the server said, and the place where toasts appear. */
export function Providers({ children }: { children: ReactNode }) {
  const [cache] = useState(
    () =>
      new QueryClient({
        queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
        mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
        defaultOptions: { queries: { staleTime: FRESH_MS, retry: onceUnlessAnswered } },
      }),
  );
  useEffect(lendNonce, []);
  const hydrated = useHydrated();
  return (
    <QueryClientProvider client={cache}>
      {children}
      <Suspense>{hydrated && <Toaster />}</Suspense>
    </QueryClientProvider>
  );
}
