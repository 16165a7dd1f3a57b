import { redirect } from 'next/navigation';

import { SignInForm } from '@/components/auth/sign-in-form';
import { AuthShell } from '@/components/shell/auth-shell';
import { currentSession } from '@/lib/auth/current-session';
import { demoSignIns } from '@/lib/auth/demo-sign-ins';
import { csrfToken } from '@/lib/http/csrf-token';

export const metadata = { title: 'Sign in' };

const LINK_FAILED = 'This link was used already or is too old. Ask for a new one below.';
const SENTENCES: Readonly<Record<string, string>> = {
  CredentialsSignin: 'This e-mail and password do not belong together. Try again, or ask for a sign-in link.',
  EmailSignin: 'The link could not be sent. Check the address and try again.',
  Verification: LINK_FAILED,
};
const NOT_SIGNED_IN = 'You are not signed in yet. Please try again.';

type Props = { searchParams: Promise<{ error?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  if (await currentSession()) redirect('/');
  const { error } = await searchParams;
  const code = typeof error === 'string' ? error : undefined;
  const hidden = { csrfToken: await csrfToken(), callbackUrl: '/' };

  return (
    <AuthShell title="Sign in to Coffer" line="Your credits, what they were spent on, and how to get more.">
      <SignInForm
        emailLink={{ action: '/api/auth/signin/email', hidden }}
        password={{ action: '/api/auth/callback/password', hidden }}
        demoSignIns={demoSignIns().map(({ label, email }) => ({
          label,
          target: { action: '/api/auth/callback/demo', hidden: { ...hidden, email } },
        }))}
        error={code === undefined ? undefined : (SENTENCES[code] ?? NOT_SIGNED_IN)}
        passwordFirst={code === 'CredentialsSignin'}
      />
    </AuthShell>
  );
}
