'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';

import type { WebhookEndpoint } from '@/lib/contracts/webhook-endpoint';
import { whoMay } from '@/lib/domain/member-role';
import {
  useEnableWebhookEndpoint,
  useRemoveWebhookEndpoint,
  useReplayWebhookDelivery,
  useRollWebhookSecret,
  useTestWebhookEndpoint,
} from '@/lib/queries/change-webhook-endpoint';
import { webhookEndpointsQuery } from '@/lib/queries/webhook-endpoints';

import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { showToast } from '../ui/show-toast';
import { newAttemptId } from './purchase-attempt';
import { type EndpointDeeds, WebhookEndpointRow } from './webhook-endpoint-row';
import { WebhookSecret } from './webhook-secret';

const ConfirmDialog = lazy(async () => ({ default: (await import('../ui/confirm-dialog')).ConfirmDialog }));
const AddWebhookEndpointForm = lazy(async () => ({
  default: (await import('./add-webhook-endpoint-form')).AddWebhookEndpointForm,
}));

type Asking = { endpoint: WebhookEndpoint; about: 'roll' | 'remove' };

/** Systems of the customer that hear of events: added, tested, their secrets rolled, and what they were told. */
export function WebhookEndpoints({ mayIntegrate }: { mayIntegrate: boolean }) {
  const { endpoints, deliveries, topics } = useSuspenseQuery(webhookEndpointsQuery).data;
  const [adding, setAdding] = useState(false);
  const [asking, setAsking] = useState<Asking | null>(null);
  const roll = useRollWebhookSecret();
  const remove = useRemoveWebhookEndpoint();
  const enable = useEnableWebhookEndpoint();
  const test = useTestWebhookEndpoint();
  const replay = useReplayWebhookDelivery();
  const failed = [roll, remove, enable, test, replay].find(({ isError }) => isError);

  const deedsOf = (endpoint: WebhookEndpoint): EndpointDeeds => ({
    onTest: () => test.mutate({ id: endpoint.id, testId: newAttemptId() }),
    onRoll: () => setAsking({ endpoint, about: 'roll' }),
    onEnable: () => enable.mutate(endpoint.id),
    onRemove: () => setAsking({ endpoint, about: 'remove' }),
    onReplay: ({ endpointId, eventId }) => replay.mutate({ endpointId, eventId }),
  });

  return (
    <Card
      flush
      title="Webhooks"
      aside={
        mayIntegrate ? (
          <Button size="sm" aria-expanded={adding} onClick={() => setAdding(true)}>
            Add endpoint
          </Button>
        ) : (
          <span className="text-12 text-ink-3">{whoMay('integrate')} add and remove endpoints</span>
        )
      }
    >
      {failed?.error && (
        <div className="px-4 pb-3 sm:px-6">
          <Attention tone="bad" role="alert">
            {failed.error.message}
          </Attention>
        </div>
      )}
      {roll.isSuccess && <WebhookSecret secret={roll.data.secret} onClose={() => roll.reset()} />}
      <Suspense>
        {adding && <AddWebhookEndpointForm topics={topics} onClose={() => setAdding(false)} />}
      </Suspense>
      {endpoints.length === 0 ? (
        <EmptyState
          title="No webhook endpoints"
          line="Your own systems can be told when work is ready, signed, and again until they have it."
        />
      ) : (
        <ul className="mt-2" aria-label="Webhook endpoints">
          {endpoints.map((endpoint) => (
            <WebhookEndpointRow
              key={endpoint.id}
              endpoint={endpoint}
              deliveries={deliveries.filter(({ endpointId }) => endpointId === endpoint.id)}
              deeds={mayIntegrate ? deedsOf(endpoint) : undefined}
            />
          ))}
        </ul>
      )}
      <Suspense>
        {asking?.about === 'roll' && (
          <ConfirmDialog
            title="Roll the signing secret?"
            line={`Events to ${asking.endpoint.url} are signed with the new secret and, for one day, with this one too.`}
            confirm="Roll the secret"
            onConfirm={() => roll.mutate(asking.endpoint.id)}
            onClose={() => setAsking(null)}
          />
        )}
        {asking?.about === 'remove' && (
          <ConfirmDialog
            title="Remove this endpoint?"
            line={`${asking.endpoint.url} hears of nothing more, and what was sent to it is no longer listed.`}
            confirm="Remove the endpoint"
            onConfirm={() =>
              remove.mutate(asking.endpoint.id, {
                onSuccess: () => void showToast('The endpoint is removed.'),
              })
            }
            onClose={() => setAsking(null)}
          />
        )}
      </Suspense>
    </Card>
  );
}
