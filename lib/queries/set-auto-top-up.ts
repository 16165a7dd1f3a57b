'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { SetAutoTopUp } from '@/lib/contracts/auto-top-up';

import { autoTopUpQuery } from './auto-top-up';
import { postJson } from './http';

export function useSetAutoTopUp() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (wanted: SetAutoTopUp) => {
      const { SetAutoTopUp: body, AutoTopUpSet: answer } = await import('@/lib/contracts/auto-top-up');
      return postJson('/api/auto-top-up', { body, answer }, wanted);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: autoTopUpQuery.queryKey }),
  });
}
