'use client';

import { useState } from 'react';

import type { ApiKey, RotateApiKey } from '@/lib/contracts/api-key';
import { useRotateApiKey } from '@/lib/queries/rotate-api-key';

import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { SelectField } from '../ui/select-field';
import { NewApiKey } from './new-api-key';
import { newAttemptId } from './purchase-attempt';

type RotateApiKeyFormProps = { apiKey: ApiKey; onClose: () => void };

const OVERLAPS: readonly { hours: RotateApiKey['overlapHours']; label: string }[] = [
  { hours: 24, label: 'For a day' },
  { hours: 1, label: 'For an hour' },
  { hours: 168, label: 'For a week' },
  { hours: 0, label: 'Not at all' },
];

/** A new key in place of one, and for how long the old one goes on, so that no program has to stop. */
export function RotateApiKeyForm({ apiKey: { id, name, prefix }, onClose }: RotateApiKeyFormProps) {
  const [newId] = useState(newAttemptId);
  const [overlapHours, setOverlapHours] = useState<RotateApiKey['overlapHours']>(24);
  const rotate = useRotateApiKey();
  if (rotate.isSuccess) return <NewApiKey text={rotate.data.text} onClose={onClose} />;
  return (
    <form
      aria-label={`Rotate ${name}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!rotate.isPending) rotate.mutate({ id, newId, overlapHours });
      }}
      className="grid max-w-form gap-4 px-4 pt-2 pb-4 sm:px-6"
    >
      {rotate.isError && (
        <Attention tone="bad" role="alert">
          {rotate.error.message}
        </Attention>
      )}
      <p className="text-14 text-ink-2">
        A new key is made with the same name, rights and lifetime as {name} ({prefix}…). Put it where your
        program reads it; until then the old key goes on.
      </p>
      <SelectField
        label="The old key goes on"
        value={overlapHours}
        onChange={({ target }) =>
          setOverlapHours(OVERLAPS.find(({ hours }) => `${hours}` === target.value)?.hours ?? 24)
        }
      >
        {OVERLAPS.map(({ hours, label }) => (
          <option key={hours} value={hours}>
            {label}
          </option>
        ))}
      </SelectField>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={rotate.isPending} pendingLabel="Making it…">
          Make the new key
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}
