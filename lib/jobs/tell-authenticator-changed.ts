import type { Ctx } from '@/lib/db/context';
import type { AuthenticatorChange } from '@/lib/domain/authenticator-change';
import { authenticatorChangedMail } from '@/lib/email/authenticator-changed-mail';
import { sendMail } from '@/lib/email/send-mail';

type Job = { userId: string; change: AuthenticatorChange; at: string };

/** Mails somebody that their second factor was changed, so that they hear of it when it was not them. */
export async function tellAuthenticatorChanged({ db }: Ctx, { userId, change, at }: Job): Promise<void> {
  const user = await db.prisma.user.findUnique({ where: { id: userId }, select: { email: true } });
  if (user === null) return;
  await sendMail(await authenticatorChangedMail({ userId, to: user.email, change, at }));
}
