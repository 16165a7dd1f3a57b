const ENGLISH = 'en-US';
const STEPS = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;

/** `Nov 22, 2026, 10:41` and its zone apart, so that a column can name the zone once. */
export function absoluteTime(instant: Date, timeZone: string, show: 'date-time' | 'time') {
  const date = { year: 'numeric', month: 'short', day: 'numeric' } as const;
  const parts = new Intl.DateTimeFormat(ENGLISH, {
    ...(show === 'date-time' && date),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
    timeZoneName: 'short',
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((found) => found.type === type)?.value ?? '';

  const clock = `${part('hour')}:${part('minute')}`;
  const day = `${part('month')} ${part('day')}, ${part('year')}`;
  return { text: show === 'time' ? clock : `${day}, ${clock}`, zone: part('timeZoneName') };
}

/** `6 minutes ago`; an instant of the last minute, or slightly ahead of a slow clock, is `just now`. */
export function relativeTime(instant: Date, now: Date): string {
  const seconds = Math.floor((now.getTime() - instant.getTime()) / 1_000);
  const step = STEPS.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  if (step === undefined) return 'just now';
  const format = new Intl.RelativeTimeFormat(ENGLISH, { numeric: 'always' });
  return format.format(-Math.trunc(seconds / step.seconds), step.unit);
}

/** `Nov 22` of `2026-11-22` or `2026-11-22T00:00`: a day of the calendar, whatever the reader's zone. */
export const dayText = (localDate: string) =>
  new Intl.DateTimeFormat(ENGLISH, { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${localDate.slice(0, 10)}T00:00:00Z`),
  );
