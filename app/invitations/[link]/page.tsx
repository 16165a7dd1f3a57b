import { redirect } from 'next/navigation';

import { InvitationAnswer } from '@/components/auth/invitation-answer';
import { AuthShell } from '@/components/shell/auth-shell';
import { awaitedSession, currentSession } from '@/lib/auth/current-session';
import { contextOfNobody } from '@/lib/http/context-of-nobody';
import { csrfToken } from '@/lib/http/csrf-token';
import { readInvitationOfLink } from '@/lib/views/invitation-of-link';

// The address is a key: it is told to nobody else.
export const metadata = { title: 'Your invitation', referrer: 'same-origin', robots: 'noindex' };

type Props = { params: Promise<{ link: string }> };

/** For whoever has the mailed link, signed in or not. Looking changes nothing. */
export default async function InvitationPage({ params }: Props) {
  const { link } = await params;
  const session = await currentSession();
  const here = `/invitations/${encodeURIComponent(link)}`;
  if (await awaitedSession()) redirect(`/sign-in/code?back=${encodeURIComponent(here)}`);
  const reader = session && {
    email: session.user.email,
    accountIds: session.memberships.map(({ accountId }) => accountId),
  };
  const { standing, invitation } = await readInvitationOfLink(contextOfNobody(), { link, reader });
  const hidden = { csrfToken: await csrfToken(), callbackUrl: here };

  return (
    <AuthShell title={invitation === null ? 'This invitation is over' : `Join ${invitation.accountName}`}>
      <InvitationAnswer
        standing={standing}
        invitation={invitation}
        readerEmail={session?.user.email ?? null}
        accept={{ action: '/api/invitations/accept', hidden: { link } }}
        mailLink={{ action: '/api/auth/signin/email', hidden: { ...hidden, email: invitation?.email ?? '' } }}
        signInPath={`/sign-in?back=${encodeURIComponent(here)}`}
        signOut={{ action: '/api/auth/signout', hidden }}
      />
    </AuthShell>
  );
}
