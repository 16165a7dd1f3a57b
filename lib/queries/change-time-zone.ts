'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { AccountTimeZone } from '@/lib/contracts/time-zone';

import { postJson } from './http';

/** Every figure of a day may be another one afterwards. */
export function useChangeTimeZone() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (zone: AccountTimeZone) => {
      const { AccountTimeZone: contract } = await import('@/lib/contracts/time-zone');
      return postJson('/api/time-zone', { body: contract, answer: contract }, zone);
    },
    onSuccess: () => cache.invalidateQueries(),
  });
}
