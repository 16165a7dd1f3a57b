'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';

import { apiKeysQuery } from './api-keys';
import { postJson } from './http';

export function useRevokeApiKey() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      const { ApiKeyById } = await import('@/lib/contracts/api-key');
      return postJson('/api/api-keys/revoke', { body: ApiKeyById, answer: ApiKeyById }, { id });
    },
    onSettled: () => cache.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
  });
}
