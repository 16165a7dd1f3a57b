'use client';

import { useSyncExternalStore } from 'react';

import { liveState, onLiveState } from '@/lib/queries/live-state';

const onServer = () => null;

/** The later of `since` and when the server last said that nothing has moved. */
export function useConfirmed(since: Date): Date {
  const confirmedAt = useSyncExternalStore(onLiveState, () => liveState().confirmedAt, onServer);
  return confirmedAt !== null && confirmedAt > since ? confirmedAt : since;
}
