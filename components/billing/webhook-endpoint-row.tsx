'use client';

import type { WebhookDelivery, WebhookEndpoint } from '@/lib/contracts/webhook-endpoint';

import { Attention } from '../ui/attention';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Time } from '../ui/time';
import { WebhookDeliveryList } from './webhook-delivery-list';

const STOPPED: Record<NonNullable<WebhookEndpoint['disabledBecause']>, string> = {
  failing: 'Nothing is sent here any more: it took no event for three days.',
  gone: 'Nothing is sent here any more: it answered that it is gone for good.',
};

/** What a member may do with an endpoint. */
export type EndpointDeeds = {
  onTest: () => void;
  onRoll: () => void;
  onEnable: () => void;
  onRemove: () => void;
  onReplay: (delivery: WebhookDelivery) => void;
};
type WebhookEndpointRowProps = {
  endpoint: WebhookEndpoint;
  deliveries: WebhookDelivery[];
  deeds: EndpointDeeds | undefined;
};

export function WebhookEndpointRow({ endpoint, deliveries, deeds }: WebhookEndpointRowProps) {
  const { url, events, createdAt, disabledBecause, formerUntil } = endpoint;
  return (
    <li className="grid gap-3 border-t px-4 py-4 sm:px-6">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-14 font-medium text-ink">
          <span className="min-w-0 wrap-anywhere">{url}</span>
          {events.map((event) => (
            <Badge key={event}>{event}</Badge>
          ))}
        </p>
        <p className="mt-0.5 text-13 text-ink-2">
          Added <Time instant={createdAt} />
          {formerUntil !== null && (
            <>
              , signed with the former secret too until <Time instant={formerUntil} />
            </>
          )}
        </p>
      </div>
      {disabledBecause !== null && (
        <Attention tone="bad" action={deeds && <Button onClick={deeds.onEnable}>Enable it again</Button>}>
          {STOPPED[disabledBecause]}
        </Attention>
      )}
      {deeds !== undefined && (
        <div className="flex flex-wrap gap-2">
          {disabledBecause === null && (
            <Button size="sm" aria-label={`Send a test to ${url}`} onClick={deeds.onTest}>
              Send a test
            </Button>
          )}
          <Button size="sm" aria-label={`Roll the secret of ${url}`} onClick={deeds.onRoll}>
            Roll the secret
          </Button>
          <Button size="sm" aria-label={`Remove ${url}`} onClick={deeds.onRemove}>
            Remove
          </Button>
        </div>
      )}
      <WebhookDeliveryList deliveries={deliveries} onReplay={deeds?.onReplay} />
    </li>
  );
}
