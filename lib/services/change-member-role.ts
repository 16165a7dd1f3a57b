import type { ChangeMemberRole } from '@/lib/contracts/member';
import type { MemberCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { setRole } from '@/lib/db/members';

import { lockForChange, needsAnOwner } from './members-at-work';

/** Gives a member another role, which holds from their next request on. The last owner stays one. */
export async function changeMemberRole(
  ctx: MemberCtx,
  { userId, role }: ChangeMemberRole,
): Promise<ChangeMemberRole> {
  await inTransaction(ctx.db, async (tx) => {
    const { isLast } = await lockForChange(tx, ctx, userId);
    if (isLast && role !== 'owner') throw needsAnOwner();
    await setRole(tx, { accountId: ctx.accountId, userId, role });
  });
  return { userId, role };
}
