'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';

import { newQueryClient } from './query-client';
import { useHydrated } from './ui/use-hydrated';

const Toaster = lazy(async () => ({ default: (await import('./ui/toaster')).Toaster }));

/** Dialogs write a style sheet while they keep the page behind them still; it needs the page's nonce. */
function lendNonce() {
  Object.assign(globalThis, {
    __webpack_nonce__: document.querySelector<HTMLElement>('script[nonce]')?.nonce,
  });
}

/** What every page stands on: the cache of what the server said, and the place where toasts appear. */
export function Providers({ children }: { children: ReactNode }) {
  const [cache] = useState(() => newQueryClient());
  useEffect(lendNonce, []);
  const hydrated = useHydrated();
  return (
    <QueryClientProvider client={cache}>
      {children}
      <Suspense>{hydrated && <Toaster />}</Suspense>
    </QueryClientProvider>
  );
}
