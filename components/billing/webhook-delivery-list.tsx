import type { WebhookDelivery } from '@/lib/contracts/webhook-endpoint';

import { Button } from '../ui/button';
import { Status, type StatusWord } from '../ui/status';
import { Time } from '../ui/time';

const WORD: Record<WebhookDelivery['state'], StatusWord> = {
  waiting: 'processing',
  delivered: 'succeeded',
  failed: 'failed',
};
const REASON: Record<NonNullable<WebhookDelivery['lastFailure']>, string> = {
  'address-refused': 'Its address is not on the internet',
  'name-not-found': 'Its name was not found',
  'not-trusted': 'Its certificate is not trusted',
  'connection-failed': 'It could not be reached',
  'timed-out': 'It took too long to answer',
};

type WebhookDeliveryListProps = {
  deliveries: WebhookDelivery[];
  onReplay: ((delivery: WebhookDelivery) => void) | undefined;
};

/** What an endpoint was told lately, and what it answered. */
export function WebhookDeliveryList({ deliveries, onReplay }: WebhookDeliveryListProps) {
  if (deliveries.length === 0) return <p className="text-13 text-ink-3">Nothing was sent to it yet.</p>;
  return (
    <ul aria-label="What was sent" className="grid gap-3">
      {deliveries.map((delivery) => (
        <li key={delivery.eventId} className="flex items-start gap-4">
          <div className="min-w-0 grow">
            <p className="flex flex-wrap items-center gap-x-3 text-13 text-ink">
              <Status word={WORD[delivery.state]} />
              <span className="font-mono text-12 wrap-anywhere">
                {delivery.eventName}
                {delivery.subject !== null && ` ${delivery.subject}`}
              </span>
            </p>
            <p className="text-13 text-ink-2">
              {outcomeOf(delivery)}
              <Time instant={delivery.lastAt ?? delivery.createdAt} />
              {delivery.attempts > 1 && `, ${delivery.attempts} attempts`}
              {delivery.nextAt !== null && delivery.lastAt !== null && (
                <>
                  , again <Time instant={delivery.nextAt} />
                </>
              )}
            </p>
          </div>
          {onReplay !== undefined && (
            <Button
              size="sm"
              aria-label={`Send ${delivery.eventName} ${delivery.subject ?? ''} again`}
              onClick={() => onReplay(delivery)}
            >
              Send again
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function outcomeOf({ lastStatus, lastFailure }: WebhookDelivery): string {
  if (lastStatus !== null) return `Answered ${lastStatus} · `;
  return lastFailure === null ? '' : `${REASON[lastFailure]} · `;
}
