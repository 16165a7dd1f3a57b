import { createHash } from 'node:crypto';

import { render } from '@react-email/components';

import type { MemberRole } from '@/lib/domain/member-role';
import { ROLE_LINE } from '@/lib/domain/role-line';

import { MailFrame } from './mail-frame';
import { MailLine } from './mail-line';
import type { Mail } from './send-mail';

type Invitation = { to: string; accountName: string; invitedBy: string; role: MemberRole; url: string };

/** Who invites to what, as what, and the link to where that is accepted. */
export async function invitationMail(invitation: Invitation): Promise<Mail> {
  const mail = <InvitationMail {...invitation} />;
  return {
    id: `invitation.${createHash('sha256').update(invitation.url).digest('hex').slice(0, 32)}`,
    to: invitation.to,
    subject: `${invitation.invitedBy} invites you to ${invitation.accountName}`,
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  };
}

function InvitationMail({ to, accountName, invitedBy, role, url }: Invitation) {
  return (
    <MailFrame
      preview={`${invitedBy} invites you to ${accountName}`}
      title={`Join ${accountName}`}
      action={{ label: 'Look at the invitation', href: url }}
      footer={`${invitedBy} gave us ${to}. If you do not know them, leave this mail alone: nothing happens without you, and the invitation ends by itself.`}
    >
      <MailLine>
        {invitedBy} invites you to be a member of {accountName} as {role}. {ROLE_LINE[role]}.
      </MailLine>
      <MailLine>The link works once, for seven days, for whoever signs in as {to}.</MailLine>
    </MailFrame>
  );
}
