'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';

import { autoTopUpQuery } from './auto-top-up';
import { postJson } from './http';

export function useResumeAutoTopUp() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const { Nothing } = await import('@/lib/contracts/nothing');
      return postJson('/api/auto-top-up/resume', { body: Nothing, answer: Nothing }, {});
    },
    onSettled: () => cache.invalidateQueries({ queryKey: autoTopUpQuery.queryKey }),
  });
}
