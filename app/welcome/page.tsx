import { redirect } from 'next/navigation';

import { AwaitedHere } from '@/components/auth/awaited-here';
import { OpenAccountForm } from '@/components/auth/open-account-form';
import { AuthShell } from '@/components/shell/auth-shell';
import { currentSession } from '@/lib/auth/current-session';
import { principalOf } from '@/lib/auth/principal';
import { contextOfNobody } from '@/lib/http/context-of-nobody';
import { readInvitationsTo } from '@/lib/views/invitation-of-link';

export const metadata = { title: 'Welcome' };

type Props = { searchParams: Promise<{ error?: string | string[] }> };

export default async function WelcomePage({ searchParams }: Props) {
  const session = await currentSession();
  if (!session) redirect('/sign-in');
  if (principalOf(session)) redirect('/');
  const { error } = await searchParams;
  const invitations = await readInvitationsTo(contextOfNobody(), session.user.email);

  return (
    <AuthShell title="Welcome to Coffer" line={`You are signed in as ${session.user.email}.`}>
      {invitations.length > 0 && <AwaitedHere invitations={invitations} />}
      <OpenAccountForm
        target={{ action: '/api/accounts' }}
        error={error === undefined ? undefined : 'Give it a name of 1 to 120 characters.'}
      />
    </AuthShell>
  );
}
