'use client';

import { Time } from './time';
import { useClock } from './use-clock';

// Figures are confirmed every few seconds; a minute without that is no hiccup.
const LATE_MS = 60_000;

type AsOfProps = {
  instant: Date;
  /** Whether the last try to renew it failed. */
  isStuck: boolean;
};

/** Since when figures stand; in amber once they are late. */
export function AsOf({ instant, isStuck }: AsOfProps) {
  const { now } = useClock();
  const isLate = isStuck || (now !== null && now.getTime() - instant.getTime() > LATE_MS);
  return (
    <span className={isLate ? 'text-12 font-medium text-warn' : 'text-12 text-ink-3'}>
      {isStuck ? 'Could not refresh; trying again. ' : isLate && 'Late. '}As of{' '}
      <Time instant={instant} show="time" />
    </span>
  );
}
