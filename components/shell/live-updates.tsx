'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** Keeps what a page shows as it is, without a reload. Shows nothing itself. */
export function LiveUpdates() {
  const cache = useQueryClient();
  useEffect(() => {
    let stop = () => {};
    let isGone = false;
    const follow = async () => {
      const { followLive } = await import('@/lib/queries/follow-live');
      if (!isGone) stop = followLive(cache);
    };
    void follow();
    return () => {
      isGone = true;
      stop();
    };
  }, [cache]);
  return null;
}
