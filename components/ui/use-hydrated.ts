'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False in what the server sends and where that is taken over; true once the page is the browser's own. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
