import type { MemberCtx } from '@/lib/db/context';
import type { Tx } from '@/lib/db/database';
import { lockMembers, type MemberRow } from '@/lib/db/members';
import { AppError } from '@/lib/domain/app-error';
import { isLastOwner, may } from '@/lib/domain/member-role';

/**
 * Locks whom a change concerns, and whoever makes it: two owners who remove each other at once come one after the other, and
 * the second is none any more.
 */
export async function lockForChange(
  tx: Tx,
  { accountId, userId: actorId }: MemberCtx,
  userId: string,
): Promise<{ member: MemberRow; isLast: boolean }> {
  const rows = await lockMembers(tx, { accountId, userIds: [actorId, userId] });
  const find = (id: string) => rows.find((row) => row.userId === id);
  const actor = find(actorId);
  const isOwn = actorId === userId;
  if (!actor || !(isOwn || may(actor.role, 'manage-members')))
    throw new AppError('forbidden', 'Your role in this account does not allow this any more.');
  const member = find(userId);
  if (!member) throw new AppError('not_found', 'There is no such member any more.');
  const owners = rows.filter(({ role }) => role === 'owner').length;
  return { member, isLast: isLastOwner(member.role, owners) };
}

export const needsAnOwner = () =>
  new AppError('conflict', 'This account needs an owner. Make somebody else an owner first.');
