'use client';

import { useMutation } from '@tanstack/react-query';

import type { StartTopUp } from '@/lib/contracts/top-up';

import { postJson } from './http';

/** `id` comes from the form, so pressing the button twice buys once. */
export function useStartTopUp() {
  return useMutation({
    mutationFn: async (purchase: StartTopUp) => {
      const { StartTopUp: body, TopUpStarted: answer } = await import('@/lib/contracts/top-up');
      return postJson('/api/top-ups', { body, answer }, purchase);
    },
    onSuccess: ({ checkoutUrl }) => window.location.assign(checkoutUrl),
  });
}
