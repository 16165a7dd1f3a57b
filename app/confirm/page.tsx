import { redirect } from 'next/navigation';

import { ConfirmIdentity } from '@/components/auth/confirm-identity';
import { AuthShell } from '@/components/shell/auth-shell';
import { waysToConfirm } from '@/lib/auth/confirm-identity';
import { wasConfirmed } from '@/lib/auth/confirmation';
import { currentSession } from '@/lib/auth/current-session';
import { ownPath } from '@/lib/http/own-path';
import { signInPath } from '@/lib/http/sign-in-path';

export const metadata = { title: 'Confirm' };

const REFUSED = 'That was wrong, or was used already. Try again.';
const SENTENCES: Readonly<Record<string, string>> = {
  rate_limited: 'There were too many tries. Wait a quarter of an hour, and try again.',
};

type Props = { searchParams: Promise<Record<'back' | 'mailed' | 'error', string | string[] | undefined>> };

/** Where a form without a script leads whoever signed in a while ago. */
export default async function ConfirmPage({ searchParams }: Props) {
  const asked = await searchParams;
  const back = ownPath(asked.back);
  const session = await currentSession();
  if (!session) redirect(signInPath(back));
  if (wasConfirmed(session, new Date())) redirect(back);
  const { error } = asked;

  return (
    <AuthShell
      title="Is it still you?"
      line="You signed in a while ago. Confirm once more, then you are led back."
    >
      <ConfirmIdentity
        ways={await waysToConfirm(session)}
        email={session.user.email}
        confirm={{ action: '/api/confirmation/form', hidden: { back } }}
        mailCode={{ action: '/api/confirmation/mail-form', hidden: { back } }}
        isMailed={asked.mailed !== undefined}
        error={typeof error === 'string' ? (SENTENCES[error] ?? REFUSED) : undefined}
      />
    </AuthShell>
  );
}
