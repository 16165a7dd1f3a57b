import { nearestAddress } from '@/lib/auth/peer-address';

/** Where a request came from, as far as it can be known: kept with what somebody agrees to. */
export type Whence = { ipAddress: string | null; userAgent: string | null };

const MOST_ADDRESS = 60;
const MOST_USER_AGENT = 400;

export function whenceOf(headers: Headers): Whence {
  const address = nearestAddress(headers);
  const userAgent = headers.get('user-agent') ?? '';
  return {
    ipAddress: address?.slice(0, MOST_ADDRESS) ?? null,
    userAgent: userAgent === '' ? null : userAgent.slice(0, MOST_USER_AGENT),
  };
}
