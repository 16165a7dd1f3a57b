import type { AccountCtx } from '@/lib/db/context';
import { database } from '@/lib/db/database';
import { ofAccount } from '@/lib/db/of-account';
import { readRecoveryLink } from '@/lib/db/recovery-link';

type Opened =
  | { kind: 'opened'; ctx: AccountCtx; topUpId: string; link: string; page: string }
  | { kind: 'expired'; link: string }
  | { kind: 'unknown' };

/** What a mailed link, as it stands in the address, lets its bearer see to. */
export function recoveryOfLink(link: string): Opened {
  const now = new Date();
  const read = readRecoveryLink(link, now);
  if (read === null) return { kind: 'unknown' };
  if (read.isExpired) return { kind: 'expired', link };
  const { accountId, id: topUpId } = read;
  return {
    kind: 'opened',
    ctx: { db: ofAccount(database(), accountId), now, accountId },
    topUpId,
    link,
    page: pageOfLink(link),
  };
}

export const pageOfLink = (link: string) => `/recovery/${encodeURIComponent(link)}`;
