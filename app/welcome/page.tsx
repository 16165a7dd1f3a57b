import { redirect } from 'next/navigation';

import { OpenAccountForm } from '@/components/auth/open-account-form';
import { AuthShell } from '@/components/shell/auth-shell';
import { currentSession } from '@/lib/auth/current-session';
import { principalOf } from '@/lib/auth/principal';

export const metadata = { title: 'Welcome' };

type Props = { searchParams: Promise<{ error?: string | string[] }> };

export default async function WelcomePage({ searchParams }: Props) {
  const session = await currentSession();
  if (!session) redirect('/sign-in');
  if (principalOf(session)) redirect('/');
  const { error } = await searchParams;

  return (
    <AuthShell title="Welcome to Coffer" line={`You are signed in as ${session.user.email}.`}>
      <OpenAccountForm
        target={{ action: '/api/accounts' }}
        error={error === undefined ? undefined : 'Give it a name of 1 to 120 characters.'}
      />
    </AuthShell>
  );
}
