import { HydrationBoundary } from '@tanstack/react-query';

import { WebhookEndpoints } from '@/components/billing/webhook-endpoints';
import { WebhookEndpointsSkeleton } from '@/components/billing/webhook-endpoints-skeleton';
import { PageHeader } from '@/components/ui/page-header';
import { Region } from '@/components/ui/region';
import { pageData } from '@/lib/http/page-data';
import { staffReading } from '@/lib/http/staff';
import { webhookEndpointsQuery } from '@/lib/queries/webhook-endpoints';
import { readWebhookEndpoints } from '@/lib/views/webhook-endpoints';

export const metadata = { title: 'Webhooks of an account' };

type Props = { params: Promise<{ account: string }> };

export default async function StaffWebhooksPage({ params }: Props) {
  const viewer = await staffReading(params, 'webhooks');
  const data = await pageData()
    .add(webhookEndpointsQuery, () => readWebhookEndpoints(viewer))
    .ready();

  return (
    <HydrationBoundary state={data}>
      <PageHeader title="Webhooks" line="Its own systems, and what they were told and answered." />
      <Region what="The webhooks" skeleton={<WebhookEndpointsSkeleton />}>
        <WebhookEndpoints mayIntegrate={false} />
      </Region>
    </HydrationBoundary>
  );
}
