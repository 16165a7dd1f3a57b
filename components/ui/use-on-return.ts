'use client';

import { useEffect, useEffectEvent } from 'react';

/** The browser's back button may bring a page back as it was left, waiting for what has long happened. */
export function useOnReturn(back: () => void): void {
  const onReturn = useEffectEvent(({ persisted }: PageTransitionEvent) => {
    if (persisted) back();
  });
  useEffect(() => {
    window.addEventListener('pageshow', onReturn);
    return () => window.removeEventListener('pageshow', onReturn);
  }, []);
}
