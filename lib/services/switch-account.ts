import type { SwitchAccount } from '@/lib/contracts/account';
import type { SessionCtx } from '@/lib/db/context';
import { AppError } from '@/lib/domain/app-error';

/** Lets a session act for another account of its person. */
export async function switchAccount(
  { db, userId, sessionId }: SessionCtx,
  { account_id: accountId }: SwitchAccount,
): Promise<void> {
  const membership = await db.prisma.member.findUnique({
    where: { accountId_userId: { accountId, userId } },
  });
  if (!membership) throw new AppError('not_found', 'You are not a member of such an account.');
  await db.prisma.signInSession.update({ where: { id: sessionId, userId }, data: { accountId } });
}
