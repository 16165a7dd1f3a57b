'use client';

import { useMutation } from '@tanstack/react-query';

import { StartTopUp, TopUpStarted } from '@/lib/contracts/top-up';

import { postJson } from './http';

/** `id` comes from the form, so pressing the button twice buys once. */
export function useStartTopUp() {
  return useMutation({
    mutationFn: (purchase: StartTopUp) =>
      postJson('/api/top-ups', { body: StartTopUp, answer: TopUpStarted }, purchase),
    onSuccess: ({ checkoutUrl }) => window.location.assign(checkoutUrl),
  });
}
