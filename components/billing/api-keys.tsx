'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';

import type { ApiKey, CreateApiKey } from '@/lib/contracts/api-key';
import { whoMay } from '@/lib/domain/member-role';
import { apiKeysQuery } from '@/lib/queries/api-keys';
import { useRevokeApiKey } from '@/lib/queries/revoke-api-key';

import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { showToast } from '../ui/show-toast';
import { ApiKeyRow } from './api-key-row';

const ConfirmDialog = lazy(async () => ({ default: (await import('../ui/confirm-dialog')).ConfirmDialog }));
const CreateApiKeyForm = lazy(async () => ({
  default: (await import('./create-api-key-form')).CreateApiKeyForm,
}));

const RotateApiKeyForm = lazy(async () => ({
  default: (await import('./rotate-api-key-form')).RotateApiKeyForm,
}));

type ApiKeysProps = {
  /** What this member may let a key do; nothing where they may not manage keys. */
  mayGive: CreateApiKey['scopes'];
};

export function ApiKeys({ mayGive }: ApiKeysProps) {
  const { keys } = useSuspenseQuery(apiKeysQuery).data;
  const [creating, setCreating] = useState(false);
  const [rotating, setRotating] = useState<ApiKey | null>(null);
  const [asking, setAsking] = useState<ApiKey | null>(null);
  const revoke = useRevokeApiKey();
  const mayManage = mayGive.length > 0;

  return (
    <Card
      flush
      title="API keys"
      aside={
        mayManage ? (
          <Button size="sm" aria-expanded={creating} onClick={() => setCreating(true)}>
            Create key
          </Button>
        ) : (
          <span className="text-12 text-ink-3">{whoMay('integrate')} create and revoke keys</span>
        )
      }
    >
      {revoke.isError && (
        <div className="px-4 pb-3 sm:px-6">
          <Attention tone="bad" role="alert">
            That key is still good: {revoke.error.message}
          </Attention>
        </div>
      )}
      <Suspense>
        {creating && <CreateApiKeyForm mayGive={mayGive} onClose={() => setCreating(false)} />}
        {rotating !== null && (
          <RotateApiKeyForm key={rotating.id} apiKey={rotating} onClose={() => setRotating(null)} />
        )}
      </Suspense>
      {keys.length === 0 ? (
        <EmptyState
          title="No API keys"
          line="A key lets your own programs report work and read usage. It is shown once, when it is created."
        />
      ) : (
        <ul className="mt-2" aria-label="API keys">
          {keys.map((key) => (
            <ApiKeyRow
              key={key.id}
              apiKey={key}
              actions={
                mayManage ? { onRotate: () => setRotating(key), onRevoke: () => setAsking(key) } : undefined
              }
            />
          ))}
        </ul>
      )}
      <Suspense>
        {asking !== null && (
          <ConfirmDialog
            title={`Revoke ${asking.name}?`}
            line={`Every program that uses ${asking.prefix}… is refused from its next request on. This cannot be undone.`}
            confirm="Revoke the key"
            onConfirm={() =>
              revoke.mutate(asking.id, { onSuccess: () => void showToast(`${asking.name} is revoked.`) })
            }
            onClose={() => setAsking(null)}
          />
        )}
      </Suspense>
    </Card>
  );
}
