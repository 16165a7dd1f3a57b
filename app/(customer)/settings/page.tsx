import { HydrationBoundary } from '@tanstack/react-query';

import { AuthenticatorCard } from '@/components/auth/authenticator-card';
import { AuthenticatorCardSkeleton } from '@/components/auth/authenticator-card-skeleton';
import { AlertChoices } from '@/components/billing/alert-choices';
import { ApiKeys } from '@/components/billing/api-keys';
import { ApiKeysSkeleton } from '@/components/billing/api-keys-skeleton';
import { Members } from '@/components/billing/members';
import { MembersSkeleton } from '@/components/billing/members-skeleton';
import { SettingsSkeleton } from '@/components/billing/settings-skeleton';
import { SignInSessions } from '@/components/billing/sign-in-sessions';
import { SignInSessionsSkeleton } from '@/components/billing/sign-in-sessions-skeleton';
import { TimeZoneSetting } from '@/components/billing/time-zone-setting';
import { WebhookEndpoints } from '@/components/billing/webhook-endpoints';
import { WebhookEndpointsSkeleton } from '@/components/billing/webhook-endpoints-skeleton';
import { WebhooksNotShown } from '@/components/billing/webhooks-not-shown';
import { PageHeader } from '@/components/ui/page-header';
import { Region } from '@/components/ui/region';
import { pageData } from '@/lib/http/page-data';
import { signedIn } from '@/lib/http/signed-in';
import { alertsQuery } from '@/lib/queries/alerts';
import { apiKeysQuery } from '@/lib/queries/api-keys';
import { authenticatorQuery } from '@/lib/queries/authenticator';
import { invitationsQuery } from '@/lib/queries/invitations';
import { membersQuery } from '@/lib/queries/members';
import { signInSessionsQuery } from '@/lib/queries/sign-in-sessions';
import { timeZoneQuery } from '@/lib/queries/time-zone';
import { webhookEndpointsQuery } from '@/lib/queries/webhook-endpoints';
import { readAlerts } from '@/lib/views/alerts';
import { readApiKeys } from '@/lib/views/api-keys';
import { readAuthenticator } from '@/lib/views/authenticator';
import { readInvitations } from '@/lib/views/invitations';
import { readMembers } from '@/lib/views/members';
import { readSignInSessions } from '@/lib/views/sign-in-sessions';
import { readTimeZone } from '@/lib/views/time-zone';
import { readWebhookEndpoints } from '@/lib/views/webhook-endpoints';

export const metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const viewer = await signedIn();
  const data = pageData()
    .add(membersQuery, () => readMembers(viewer))
    .add(invitationsQuery, () => readInvitations(viewer))
    .add(apiKeysQuery, () => readApiKeys(viewer))
    .add(alertsQuery, () => readAlerts(viewer))
    .add(timeZoneQuery, () => readTimeZone(viewer))
    .add(authenticatorQuery, () => readAuthenticator(viewer, viewer.userId))
    .add(signInSessionsQuery, () => readSignInSessions(viewer));
  if (viewer.mayIntegrate) data.add(webhookEndpointsQuery, () => readWebhookEndpoints(viewer));

  return (
    <HydrationBoundary state={await data.ready()}>
      <PageHeader title="Settings" line={`Signed in as ${viewer.email}.`} />
      <div className="grid gap-6">
        <Region what="The members" skeleton={<MembersSkeleton />}>
          <Members accountName={viewer.accountName} mayManage={viewer.mayManageMembers} />
        </Region>
        <Region what="The API keys" skeleton={<ApiKeysSkeleton />}>
          <ApiKeys mayGive={[...viewer.keyScopes]} />
        </Region>
        {viewer.mayIntegrate ? (
          <Region what="The webhooks" skeleton={<WebhookEndpointsSkeleton />}>
            <WebhookEndpoints mayIntegrate />
          </Region>
        ) : (
          <WebhooksNotShown />
        )}
        <Region what="The alerts" skeleton={<SettingsSkeleton title="Mails" />}>
          <AlertChoices maySetLevels={viewer.mayBuy} />
        </Region>
        <Region what="The time zone" skeleton={<SettingsSkeleton title="Time zone" />}>
          <TimeZoneSetting mayChange={viewer.mayBuy} />
        </Region>
        <Region what="The code at sign-in" skeleton={<AuthenticatorCardSkeleton />}>
          <AuthenticatorCard />
        </Region>
        <Region what="Your sessions" skeleton={<SignInSessionsSkeleton />}>
          <SignInSessions />
        </Region>
      </div>
    </HydrationBoundary>
  );
}
