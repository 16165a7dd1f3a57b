import type { AccountId } from './context';
import { readSignedLink, signedLink } from './signed-link';

/** Long enough for whoever reads mail once a day. */
const GOOD_FOR_MS = 24 * 60 * 60 * 1000;

type OfPayment = { accountId: AccountId; id: string };

/** What lets its bearer see to one payment and nothing else, for a day from `askedAt`. The same again is the same text. */
export const recoveryLink = (payment: OfPayment, askedAt: Date): string =>
  signedLink('recovery', payment, new Date(askedAt.getTime() + GOOD_FOR_MS));

/** Which payment a link is for, and whether its day is over; null for any that we did not make. */
export function readRecoveryLink(link: string, now: Date): (OfPayment & { isExpired: boolean }) | null {
  const read = readSignedLink('recovery', link);
  return read && { accountId: read.accountId, id: read.id, isExpired: now >= read.until };
}
