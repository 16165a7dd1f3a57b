/** The address that the nearest proxy saw, which is the last one named: those before it are the caller's own words. */
export const peerAddress = (headers: Headers): string =>
  headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? 'unknown';
