import { HydrationBoundary } from '@tanstack/react-query';
import { redirect } from 'next/navigation';

import { AuthenticatorCard } from '@/components/auth/authenticator-card';
import { AuthenticatorCardSkeleton } from '@/components/auth/authenticator-card-skeleton';
import { AuthShell } from '@/components/shell/auth-shell';
import { ConfirmationHost } from '@/components/shell/confirmation-host';
import { ButtonLink } from '@/components/ui/button-link';
import { Region } from '@/components/ui/region';
import { currentSession } from '@/lib/auth/current-session';
import { contextOfNobody } from '@/lib/http/context-of-nobody';
import { pageData } from '@/lib/http/page-data';
import { signInPath } from '@/lib/http/sign-in-path';
import { authenticatorQuery } from '@/lib/queries/authenticator';
import { readAuthenticator } from '@/lib/views/authenticator';

export const metadata = { title: 'Code at sign-in' };

/** For staff, who sign in with a code or not at all; and for anyone without an account who wants one. */
export default async function AuthenticatorPage() {
  const session = await currentSession();
  if (!session) redirect(signInPath('/sign-in/authenticator'));
  const data = await pageData()
    .add(authenticatorQuery, () => readAuthenticator(contextOfNobody(), session.user.id))
    .ready();

  return (
    <HydrationBoundary state={data}>
      <ConfirmationHost />
      <AuthShell
        title="Turn on a code first"
        line="Staff sign in with a code of an authenticator app. It takes a minute."
      >
        <div className="grid gap-4">
          <Region what="The code at sign-in" skeleton={<AuthenticatorCardSkeleton />}>
            <AuthenticatorCard />
          </Region>
          <ButtonLink href="/staff">Go on to the staff console</ButtonLink>
        </div>
      </AuthShell>
    </HydrationBoundary>
  );
}
