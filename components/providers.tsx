'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';

// What the server just rendered is not asked for again at once.
const FRESH_MS = 2_000;

const Toaster = dynamic(() => import('./ui/toaster').then(({ Toaster }) => Toaster), { ssr: false });

/** What every page stands on: the cache of what the server said, and the place where toasts appear. */
export function Providers({ children }: { children: ReactNode }) {
  const [cache] = useState(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: FRESH_MS, retry: 1 } } }),
  );
  return (
    <QueryClientProvider client={cache}>
      {children}
      <Toaster />
    </QueryClientProvider>
  );
}
