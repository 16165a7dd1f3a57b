import { redirect } from 'next/navigation';

import { SignInForm } from '@/components/auth/sign-in-form';
import { AuthShell } from '@/components/shell/auth-shell';
import { awaitedSession, currentSession } from '@/lib/auth/current-session';
import { demoSignIns } from '@/lib/auth/demo-sign-ins';
import { csrfToken } from '@/lib/http/csrf-token';
import { ownPath } from '@/lib/http/own-path';

export const metadata = { title: 'Sign in' };

const LINK_FAILED = 'This link was used already or is too old. Ask for a new one below.';
const SENTENCES: Readonly<Record<string, string>> = {
  CredentialsSignin: 'This e-mail and password do not belong together. Try again, or ask for a sign-in link.',
  EmailSignin: 'The link could not be sent. Check the address and try again.',
  Verification: LINK_FAILED,
  AccessDenied: 'This person may not sign in here any more. Ask an owner of your account.',
  TooManyTries:
    'There were too many wrong passwords for this e-mail. Try again in 15 minutes, or ask for a sign-in link now.',
  TooManyLinks:
    'Several sign-in links were sent to this address already. Use the newest one, or ask again in an hour.',
  NotNow: 'You could not be signed in at this moment. Please try again in a minute.',
  StalePage: 'This page had become too old. Please press once more.',
};
const NOT_SIGNED_IN = 'You are not signed in yet. Please try again.';

type Props = { searchParams: Promise<Record<'error' | 'back' | 'csrf', string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const { error, back, csrf } = await searchParams;
  if (await currentSession()) redirect('/');
  if (await awaitedSession()) redirect(`/sign-in/code?back=${encodeURIComponent(ownPath(back))}`);
  const code = csrf === undefined ? error : 'StalePage';
  const sentence = typeof code === 'string' ? (SENTENCES[code] ?? NOT_SIGNED_IN) : undefined;
  // next-auth itself refuses to go anywhere but to our own address.
  const hidden = { csrfToken: await csrfToken(), callbackUrl: typeof back === 'string' ? back : '/' };

  return (
    <AuthShell title="Sign in to Coffer" line="Your credits, what they were spent on, and how to get more.">
      <SignInForm
        emailLink={{ action: '/api/auth/signin/email', hidden }}
        password={{ action: '/api/auth/callback/password', hidden }}
        demoSignIns={demoSignIns().map(({ label, email }) => ({
          label,
          target: { action: '/api/auth/callback/demo', hidden: { ...hidden, email } },
        }))}
        error={sentence}
        passwordFirst={code === 'CredentialsSignin'}
      />
    </AuthShell>
  );
}
