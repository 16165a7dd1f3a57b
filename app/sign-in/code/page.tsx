import { redirect } from 'next/navigation';

import { SignInCode } from '@/components/auth/sign-in-code';
import { AuthShell } from '@/components/shell/auth-shell';
import { awaitedSession, currentSession } from '@/lib/auth/current-session';
import { csrfToken } from '@/lib/http/csrf-token';
import { ownPath } from '@/lib/http/own-path';
import { signInPath } from '@/lib/http/sign-in-path';

export const metadata = { title: 'Your code' };

const WRONG = 'This code is wrong, or was used already. Wait for the next one.';
const SENTENCES: Readonly<Record<string, string>> = {
  rate_limited: 'There were too many wrong codes. Try again in a quarter of an hour.',
};

type Props = { searchParams: Promise<Record<'back' | 'error', string | string[] | undefined>> };

/** For whoever signed in and still owes a code. */
export default async function SignInCodePage({ searchParams }: Props) {
  const { back: given, error } = await searchParams;
  const back = ownPath(given);
  if (await currentSession()) redirect(back);
  const session = await awaitedSession();
  if (!session) redirect(signInPath(back));

  return (
    <AuthShell title="One more step" line={`You are signing in as ${session.email}.`}>
      <SignInCode
        target={{ action: '/api/sign-in-code', hidden: { back } }}
        signOut={{
          action: '/api/auth/signout',
          hidden: { csrfToken: await csrfToken(), callbackUrl: '/sign-in' },
        }}
        error={typeof error === 'string' ? (SENTENCES[error] ?? WRONG) : undefined}
      />
    </AuthShell>
  );
}
