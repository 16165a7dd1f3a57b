/** Where a request came from, as far as it can be known: kept with what somebody agrees to. */
export type Whence = { ipAddress: string | null; userAgent: string | null };

const MOST_ADDRESS = 60;
const MOST_USER_AGENT = 400;

/** The address that the nearest proxy saw: those before it in the list are only what the caller says. */
export function whenceOf(headers: Headers): Whence {
  const address = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  const userAgent = headers.get('user-agent') ?? '';
  return {
    ipAddress: address === '' ? null : address.slice(0, MOST_ADDRESS),
    userAgent: userAgent === '' ? null : userAgent.slice(0, MOST_USER_AGENT),
  };
}
