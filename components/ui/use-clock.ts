'use client';

import { useSyncExternalStore } from 'react';

const TICK_MS = 30_000;

const never = () => () => {};
const ticking = (changed: () => void) => {
  const timer = setInterval(changed, TICK_MS);
  return () => clearInterval(timer);
};

/** The reader's zone, and the minute it is there; the server knows neither, so its page says UTC and no distance. */
export function useClock() {
  const timeZone = useSyncExternalStore(
    never,
    () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => 'UTC',
  );
  const tick = useSyncExternalStore(
    ticking,
    () => Math.floor(Date.now() / TICK_MS),
    () => null,
  );
  return { timeZone, now: tick === null ? null : new Date(tick * TICK_MS) };
}
