/** A day of the calendar, `2026-11-22`. Which instants it covers is its time zone's business. */
export type LocalDate = string;

const DAY_MS = 86_400_000;

const startOf = (date: LocalDate) => Date.parse(`${date}T00:00:00Z`);
const dateOf = (ms: number): LocalDate => new Date(ms).toISOString().slice(0, 10);

export const plusDays = (date: LocalDate, days: number): LocalDate => dateOf(startOf(date) + days * DAY_MS);

/** How many days from the first to the last, both counted; below one when they are the wrong way round. */
export const daysFrom = (first: LocalDate, last: LocalDate): number =>
  (startOf(last) - startOf(first)) / DAY_MS + 1;

export const monthStart = (date: LocalDate): LocalDate => `${date.slice(0, 7)}-01`;

/** The last day of the month that a day lies in. */
export function monthEnd(date: LocalDate): LocalDate {
  const day = new Date(startOf(date));
  return dateOf(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0));
}
