/** Whether the world's time zones have one of this name: `Europe/Berlin`, not an offset or an abbreviation of one's own. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w/+-]{1,63}$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
