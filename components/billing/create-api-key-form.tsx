'use client';

import { useId, useState } from 'react';

import type { CreateApiKey } from '@/lib/contracts/api-key';
import { useCreateApiKey } from '@/lib/queries/create-api-key';

import { Button } from '../ui/button';
import { CheckedForm, FORM_IN_CARD } from '../ui/checked-form';
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
  const create = useCreateApiKey();
  const expiryId = useId();

  if (create.isSuccess) return <NewApiKey text={create.data.text} onClose={onClose} />;
  return (
    <CheckedForm
      label="Create an API key"
      className={FORM_IN_CARD}
      contract={async () => (await import('@/lib/contracts/api-key')).CreateApiKey}
      read={(fields) => ({
        id,
        name: fields.get('name'),
        scopes: fields.getAll('scopes'),
        expiresInDays: EXPIRIES.find(({ label }) => label === fields.get('expiry'))?.days,
      })}
      change={create}
      send={(key) => create.mutate(key)}
    >
      {(mistakes) => (
        <>
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
        </>
      )}
    </CheckedForm>
  );
}
