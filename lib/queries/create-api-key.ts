'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { CreateApiKey } from '@/lib/contracts/api-key';

import { apiKeysQuery } from './api-keys';
import { postJson } from './http';

/** Its answer holds the text of the key, which is forgotten with the form that asked for it. */
export function useCreateApiKey() {
  const cache = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: async (key: CreateApiKey) => {
      const { CreateApiKey: body, ApiKeyCreated: answer } = await import('@/lib/contracts/api-key');
      return postJson('/api/api-keys', { body, answer }, key);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
  });
}
