/** The time that one allowance is for: from `startsAt` up to, and not at, `endsAt`. */
export type AllowancePeriod = { readonly startsAt: Date; readonly endsAt: Date };

/** The period around `at`. Periods meet on the day of the month on which the account was opened, at 00:00 UTC. */
export function allowancePeriodOf(openedAt: Date, at: Date): AllowancePeriod {
  const day = openedAt.getUTCDate();
  const month = at.getUTCFullYear() * 12 + at.getUTCMonth();
  const reset = resetIn(month, day);
  return at < reset
    ? { startsAt: resetIn(month - 1, day), endsAt: reset }
    : { startsAt: reset, endsAt: resetIn(month + 1, day) };
}

/** Months are counted from the year 0. A month without the day has its reset on its last one. */
function resetIn(month: number, day: number): Date {
  const [year, ofYear] = [Math.floor(month / 12), month % 12];
  const lastDay = new Date(Date.UTC(year, ofYear + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, ofYear, Math.min(day, lastDay)));
}
