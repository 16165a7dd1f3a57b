/** The address that the nearest proxy saw, which is the last one named: those before it are the caller's own words. */
export function nearestAddress(headers: Headers): string | null {
  const last = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  return last === '' ? null : last;
}

/** The same to count by: whose address nobody says shares one with all like it. */
export const peerAddress = (headers: Headers): string => nearestAddress(headers) ?? 'unknown';
