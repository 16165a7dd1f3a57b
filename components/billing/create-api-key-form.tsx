'use client';

import { type SubmitEvent, useId, useState } from 'react';

import type { CreateApiKey } from '@/lib/contracts/api-key';
import { useCreateApiKey } from '@/lib/queries/create-api-key';

import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { NewApiKey } from './new-api-key';
import { newAttemptId } from './purchase-attempt';
import { ScopeBoxes } from './scope-boxes';

type CreateApiKeyFormProps = { mayGive: CreateApiKey['scopes']; onClose: () => void };

const EXPIRIES: readonly { days: CreateApiKey['expiresInDays']; label: string }[] = [
  { days: 90, label: 'In 90 days' },
  { days: 30, label: 'In 30 days' },
  { days: 365, label: 'In a year' },
  { days: null, label: 'Never' },
];

/** Names a key, says what it may do, and shows its text the one time that anyone sees it. */
export function CreateApiKeyForm({ mayGive, onClose }: CreateApiKeyFormProps) {
  const [id] = useState(newAttemptId);
  const [mistakes, setMistakes] = useState<Record<string, string>>({});
  const create = useCreateApiKey();
  const expiryId = useId();

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (create.isPending) return;
    const form = new FormData(event.currentTarget);
    const { CreateApiKey: contract } = await import('@/lib/contracts/api-key');
    const key = contract.safeParse({
      id,
      name: form.get('name'),
      scopes: form.getAll('scopes'),
      expiresInDays: EXPIRIES.find(({ label }) => label === form.get('expiry'))?.days,
    });
    const issues = key.error?.issues ?? [];
    setMistakes(Object.fromEntries(issues.map(({ path: [field], message }) => [String(field), message])));
    if (key.success) create.mutate(key.data);
  };

  if (create.isSuccess) return <NewApiKey text={create.data.text} onClose={onClose} />;
  return (
    <form
      noValidate
      aria-label="Create an API key"
      onSubmit={(event) => void submit(event)}
      className="grid max-w-form gap-4 px-4 pt-2 pb-4 sm:px-6"
    >
      {create.isError && (
        <Attention tone="bad" role="alert">
          {create.error.message}
        </Attention>
      )}
      <Field
        label="Name"
        name="name"
        maxLength={80}
        autoComplete="off"
        help="Which program will use it."
        error={mistakes['name']}
      />
      <ScopeBoxes mayGive={mayGive} error={mistakes['scopes']} />
      <div className="grid gap-1.5">
        <label htmlFor={expiryId} className="text-13 font-medium text-ink">
          Expires
        </label>
        <select
          id={expiryId}
          name="expiry"
          className="h-10 rounded-control border border-line-strong bg-card px-3 text-16 text-ink sm:h-9 sm:text-14"
        >
          {EXPIRIES.map(({ label }) => (
            <option key={label}>{label}</option>
          ))}
        </select>
      </div>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={create.isPending} pendingLabel="Creating…">
          Create the key
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}
