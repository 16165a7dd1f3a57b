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

/** What a period is called by its beginning, `2026-11-22T14:00` on the clock of its zone: `Nov 22, 14:00`, `Nov 22`, `Nov 2026`. */
export function periodText(localStart: string, grain: 'hour' | 'day' | 'week' | 'month'): string {
  if (grain === 'hour') return `${dayText(localStart)}, ${localStart.slice(11, 16)}`;
  if (grain === 'week') return `Week of ${dayText(localStart)}`;
  return grain === 'month'
    ? `${dayText(localStart).slice(0, 3)} ${localStart.slice(0, 4)}`
    : dayText(localStart);
}

/** `1 h 2 min`, `2 min 5 s`, `0.4 s`: the two largest parts, cut off, never rounded up. */
export function durationText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1_000);
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  if (hours > 0) return `${hours.toLocaleString(ENGLISH)} h ${minutes} min`;
  if (minutes > 0) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(milliseconds / 100) / 10} s`;
}
