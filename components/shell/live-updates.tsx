'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Other pages show nothing that only the server draws, and some ask Stripe when they are drawn. */
function redrawOverview(router: ReturnType<typeof useRouter>): void {
  if (window.location.pathname === '/') router.refresh();
}

/** Keeps what a page shows as it is, without a reload. Shows nothing itself. */
export function LiveUpdates() {
  const cache = useQueryClient();
  const router = useRouter();
  useEffect(() => {
    let stop = () => {};
    let isGone = false;
    const follow = async () => {
      const { followLive } = await import('@/lib/queries/follow-live');
      if (!isGone) stop = followLive(cache, () => redrawOverview(router));
    };
    void follow();
    return () => {
      isGone = true;
      stop();
    };
  }, [cache, router]);
  return null;
}
