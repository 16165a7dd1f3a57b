'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { RotateApiKey } from '@/lib/contracts/api-key';

import { apiKeysQuery } from './api-keys';
import { postJson } from './http';

/** Its answer holds the text of the new key, which is forgotten with the form that asked for it. */
export function useRotateApiKey() {
  const cache = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: async (rotation: RotateApiKey) => {
      const { RotateApiKey: body, ApiKeyCreated: answer } = await import('@/lib/contracts/api-key');
      return postJson('/api/api-keys/rotate', { body, answer }, rotation);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
  });
}
