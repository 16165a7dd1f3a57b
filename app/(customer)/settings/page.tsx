import { HydrationBoundary } from '@tanstack/react-query';

import { SignInSessions } from '@/components/billing/sign-in-sessions';
import { SignInSessionsSkeleton } from '@/components/billing/sign-in-sessions-skeleton';
import { PageHeader } from '@/components/ui/page-header';
import { Region } from '@/components/ui/region';
import { pageData } from '@/lib/http/page-data';
import { signedIn } from '@/lib/http/signed-in';
import { signInSessionsQuery } from '@/lib/queries/sign-in-sessions';
import { readSignInSessions } from '@/lib/views/sign-in-sessions';

export const metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const viewer = await signedIn();
  const data = await pageData()
    .add(signInSessionsQuery, () => readSignInSessions(viewer))
    .ready();

  return (
    <HydrationBoundary state={data}>
      <PageHeader title="Settings" line={`Signed in as ${viewer.email}.`} />
      <Region what="Your sessions" skeleton={<SignInSessionsSkeleton />}>
        <SignInSessions />
      </Region>
    </HydrationBoundary>
  );
}
