import type { InvitationById } from '@/lib/contracts/invitation';
import type { AccountCtx } from '@/lib/db/context';
import { markRevoked } from '@/lib/db/invitations';

import { noSuchInvitation } from './refusals';

/** Takes an invitation back: its link opens nothing from now on. */
export async function revokeInvitation(
  { db, now, accountId }: AccountCtx,
  { id }: InvitationById,
): Promise<InvitationById> {
  if (await markRevoked(db, { accountId, id, now })) return { id };
  throw noSuchInvitation();
}
