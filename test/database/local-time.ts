const formats = new Map<string, Intl.DateTimeFormat>();

/** What the calendar and the clock on the wall say in a zone, by this program's own time zones, not PostgreSQL's. */
export function localTime(timeZone: string, at: Date): { date: string; time: string } {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(timeZone, format);
  }
  const [date = '', time = ''] = format.format(at).split(' ');
  return { date, time };
}
