import type { Ctx } from '@/lib/db/context';
import { findByLink, invitationLink, listPendingTo } from '@/lib/db/invitations';
import { invitationStanding, type InvitationStanding } from '@/lib/domain/invitation-term';
import type { MemberRole } from '@/lib/domain/member-role';

export type Invitation = { accountName: string; email: string; role: MemberRole; invitedBy: string };
/** Whoever opens a link, with the accounts that they are a member of. */
type Reader = { email: string; accountIds: readonly bigint[] } | null;

/** Who invites to what, and how that stands for whoever opened the link. It changes nothing. */
export async function readInvitationOfLink(
  { db, now }: Ctx,
  { link, reader }: { link: string; reader: Reader },
): Promise<{ standing: InvitationStanding; invitation: Invitation | null }> {
  const found = await findByLink(db, link, now);
  const isMember = found !== null && reader !== null && reader.accountIds.includes(found.accountId);
  const standing = invitationStanding(found, reader && { email: reader.email, isMember });
  if (found === null) return { standing, invitation: null };
  const { accountName, email, role, invitedBy } = found;
  return { standing, invitation: { accountName, email, role, invitedBy } };
}

/** What awaits somebody who signed in before they opened the mail. */
export async function readInvitationsTo(
  { db, now }: Ctx,
  email: string,
): Promise<{ accountName: string; link: string }[]> {
  const pending = await listPendingTo(db, email, now);
  return pending.map((invitation) => ({
    accountName: invitation.accountName,
    link: invitationLink(invitation),
  }));
}
