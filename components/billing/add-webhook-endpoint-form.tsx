'use client';

import { useState } from 'react';

import type { WebhookEndpoints } from '@/lib/contracts/webhook-endpoint';
import { useAddWebhookEndpoint } from '@/lib/queries/change-webhook-endpoint';

import { Button } from '../ui/button';
import { CheckedForm, FORM_IN_CARD } from '../ui/checked-form';
import { Field } from '../ui/field';
import { newAttemptId } from './purchase-attempt';
import { WebhookSecret } from './webhook-secret';

type AddWebhookEndpointFormProps = { topics: WebhookEndpoints['topics']; onClose: () => void };

/** Names the address of a customer's system and what it hears of, and shows the secret once. */
export function AddWebhookEndpointForm({ topics, onClose }: AddWebhookEndpointFormProps) {
  const [id] = useState(newAttemptId);
  const add = useAddWebhookEndpoint();

  if (add.isSuccess) return <WebhookSecret secret={add.data.secret} onClose={onClose} />;
  return (
    <CheckedForm
      label="Add a webhook endpoint"
      className={FORM_IN_CARD}
      contract={async () => (await import('@/lib/contracts/webhook-endpoint')).AddWebhookEndpoint}
      read={(fields) => ({ id, url: fields.get('url'), topics: fields.getAll('topics') })}
      change={add}
      send={(endpoint) => add.mutate(endpoint)}
    >
      {(mistakes) => (
        <>
          <Field
            label="Address"
            name="url"
            type="url"
            inputMode="url"
            autoComplete="off"
            placeholder="https://example.com/webhooks"
            help="Events are sent here as POST, over https on port 443 or 8443."
            error={mistakes['url']}
          />
          <fieldset className="grid gap-2">
            <legend className="mb-1.5 text-13 font-medium text-ink">It hears of</legend>
            {topics.map(({ topic, name }) => (
              <label key={topic} className="flex items-baseline gap-2 text-14 text-ink">
                <input type="checkbox" name="topics" value={topic} defaultChecked className="accent-accent" />
                <span className="font-mono text-13">{name}</span>
              </label>
            ))}
            {mistakes['topics'] !== undefined && <p className="text-13 text-bad">{mistakes['topics']}</p>}
          </fieldset>
          <div className="flex gap-2">
            <Button type="submit" variant="primary" pending={add.isPending} pendingLabel="Adding…">
              Add the endpoint
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </div>
        </>
      )}
    </CheckedForm>
  );
}
