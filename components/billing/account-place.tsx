'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useState } from 'react';

import { newQueryClient } from '../query-client';

const StaffPlace = createContext<string | null>(null);

type SeenByStaffProps = { account: string; children: ReactNode };

/** Around a customer's regions that staff look at: the same regions, which ask for this account and lead to its pages. */
export function SeenByStaff({ account, children }: SeenByStaffProps) {
  // A cache of its own: what is known of one account is never shown as another's.
  const [cache] = useState(() => newQueryClient({ seenByStaff: account }));
  return (
    <StaffPlace value={`/staff/accounts/${account}`}>
      <QueryClientProvider client={cache}>{children}</QueryClientProvider>
    </StaffPlace>
  );
}

/** Where the account's pages are, and whether who looks may only look. */
export function useAccountPlace() {
  const place = use(StaffPlace);
  return { at: (path: `/${string}`) => (place === null ? path : `${place}${path}`), isStaff: place !== null };
}
