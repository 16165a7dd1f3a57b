import type { Members } from '@/lib/contracts/member';
import type { MemberCtx } from '@/lib/db/context';
import { isLastOwner } from '@/lib/domain/member-role';

/** Who belongs to the account, the longest there first. */
export async function readMembers({ db, accountId, userId }: MemberCtx): Promise<Members> {
  const members = await db.prisma.member.findMany({
    where: { accountId },
    include: { user: { select: { email: true, name: true, lastSignedInAt: true } } },
    orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
  });
  const owners = members.filter(({ role }) => role === 'owner').length;
  return {
    members: members.map(({ user, ...member }) => ({
      ...user,
      userId: member.userId,
      role: member.role,
      isYou: member.userId === userId,
      isLastOwner: isLastOwner(member.role, owners),
      memberSince: member.createdAt,
    })),
  };
}
