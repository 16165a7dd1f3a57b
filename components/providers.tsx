'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useState, useSyncExternalStore } from 'react';

import { newQueryClient } from './query-client';

const never = () => () => {};
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
  const hydrated = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <QueryClientProvider client={cache}>
      {children}
      <Suspense>{hydrated && <Toaster />}</Suspense>
    </QueryClientProvider>
  );
}
