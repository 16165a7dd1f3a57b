import { HydrationBoundary } from '@tanstack/react-query';

import { AlertChoices } from '@/components/billing/alert-choices';
import { ApiKeys } from '@/components/billing/api-keys';
import { ApiKeysSkeleton } from '@/components/billing/api-keys-skeleton';
import { SettingsSkeleton } from '@/components/billing/settings-skeleton';
import { SignInSessions } from '@/components/billing/sign-in-sessions';
import { SignInSessionsSkeleton } from '@/components/billing/sign-in-sessions-skeleton';
import { TimeZoneSetting } from '@/components/billing/time-zone-setting';
import { WebhookEndpoints } from '@/components/billing/webhook-endpoints';
import { WebhookEndpointsSkeleton } from '@/components/billing/webhook-endpoints-skeleton';
import { PageHeader } from '@/components/ui/page-header';
import { Region } from '@/components/ui/region';
import { pageData } from '@/lib/http/page-data';
import { signedIn } from '@/lib/http/signed-in';
import { alertsQuery } from '@/lib/queries/alerts';
import { apiKeysQuery } from '@/lib/queries/api-keys';
import { signInSessionsQuery } from '@/lib/queries/sign-in-sessions';
import { timeZoneQuery } from '@/lib/queries/time-zone';
import { webhookEndpointsQuery } from '@/lib/queries/webhook-endpoints';
import { readAlerts } from '@/lib/views/alerts';
import { readApiKeys } from '@/lib/views/api-keys';
import { readSignInSessions } from '@/lib/views/sign-in-sessions';
import { readTimeZone } from '@/lib/views/time-zone';
import { readWebhookEndpoints } from '@/lib/views/webhook-endpoints';

export const metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const viewer = await signedIn();
  const data = await pageData()
    .add(apiKeysQuery, () => readApiKeys(viewer))
    .add(webhookEndpointsQuery, () => readWebhookEndpoints(viewer))
    .add(alertsQuery, () => readAlerts(viewer))
    .add(timeZoneQuery, () => readTimeZone(viewer))
    .add(signInSessionsQuery, () => readSignInSessions(viewer))
    .ready();

  return (
    <HydrationBoundary state={data}>
      <PageHeader title="Settings" line={`Signed in as ${viewer.email}.`} />
      <div className="grid gap-6">
        <Region what="The API keys" skeleton={<ApiKeysSkeleton />}>
          <ApiKeys mayGive={[...viewer.keyScopes]} />
        </Region>
        <Region what="The webhooks" skeleton={<WebhookEndpointsSkeleton />}>
          <WebhookEndpoints mayIntegrate={viewer.mayIntegrate} />
        </Region>
        <Region what="The alerts" skeleton={<SettingsSkeleton title="Mails" />}>
          <AlertChoices maySetLevels={viewer.mayBuy} />
        </Region>
        <Region what="The time zone" skeleton={<SettingsSkeleton title="Time zone" />}>
          <TimeZoneSetting mayChange={viewer.mayBuy} />
        </Region>
        <Region what="Your sessions" skeleton={<SignInSessionsSkeleton />}>
          <SignInSessions />
        </Region>
      </div>
    </HydrationBoundary>
  );
}
