import type { MemberById } from '@/lib/contracts/member';
import type { MemberCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { deleteMember } from '@/lib/db/members';

import { lockForChange, needsAnOwner } from './members-at-work';

/**
 * Takes a member out of the account; everybody may take out themselves. Their sessions and tokens act for it no more from the
 * next request on, because each request looks for the membership. The last owner stays.
 */
export async function removeMember(ctx: MemberCtx, { userId }: MemberById): Promise<MemberById> {
  await inTransaction(ctx.db, async (tx) => {
    const { isLast } = await lockForChange(tx, ctx, userId);
    if (isLast) throw needsAnOwner();
    await deleteMember(tx, { accountId: ctx.accountId, userId });
  });
  return { userId };
}
