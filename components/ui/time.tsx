'use client';

import { absoluteTime, relativeTime } from './time-text';
import { useClock } from './use-clock';

type TimeProps = {
  instant: Date;
  show?: 'date-time' | 'time';
  /** Adds "6 minutes ago" beside it. */
  relative?: boolean;
  /** For a column whose heading names the zone. */
  zoneClassName?: string;
};

/** An instant in the reader's own zone, which it names. */
export function Time({ instant, show = 'date-time', relative = false, zoneClassName }: TimeProps) {
  const { timeZone, now } = useClock();
  const { text, zone } = absoluteTime(instant, timeZone, show);
  return (
    <time dateTime={instant.toISOString()} className="tabular-nums">
      {text}
      <span className={zoneClassName}> {zone}</span>
      {relative && now !== null && <span className="text-ink-3"> · {relativeTime(instant, now)}</span>}
    </time>
  );
}
