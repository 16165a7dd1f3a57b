'use client';

import { queryOptions, useMutation } from '@tanstack/react-query';

import type { ConfirmIdentity } from '@/lib/contracts/confirmation';

import { getJson, postJson } from './http';

/** Asked anew each time: somebody may have turned on an authenticator since. */
export const confirmationQuery = queryOptions({
  queryKey: ['confirmation'],
  gcTime: 0,
  queryFn: async ({ meta }) =>
    getJson('/api/confirmation', (await import('@/lib/contracts/confirmation')).ConfirmationWays, meta),
});

export const useConfirmIdentity = () =>
  useMutation({
    gcTime: 0,
    mutationFn: async (given: ConfirmIdentity) => {
      const { ConfirmIdentity: body } = await import('@/lib/contracts/confirmation');
      const { Nothing: answer } = await import('@/lib/contracts/nothing');
      return postJson('/api/confirmation', { body, answer }, given);
    },
  });

export const useMailCode = () =>
  useMutation({
    mutationFn: async () => {
      const { Nothing } = await import('@/lib/contracts/nothing');
      return postJson('/api/confirmation/mail', { body: Nothing, answer: Nothing }, {});
    },
  });
