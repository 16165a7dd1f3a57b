import type { Authenticator } from '@/lib/contracts/authenticator';
import type { Ctx } from '@/lib/db/context';

/** Whether signing in asks this person for a code, and how many backup codes they have left. */
export async function readAuthenticator({ db }: Ctx, userId: string): Promise<Authenticator> {
  const user = await db.prisma.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      authenticator: { select: { confirmedAt: true } },
      _count: { select: { backupCodes: { where: { usedAt: null } } } },
    },
  });
  return { since: user.authenticator?.confirmedAt ?? null, backupCodesLeft: user._count.backupCodes };
}
